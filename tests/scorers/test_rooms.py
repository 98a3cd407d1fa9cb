"""Each scorer works in a process of its own, and takes nobody else along."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from consumers import scoring
from consumers.scorers.history import Past
from consumers.scorers.rooms.panel import Rooms
from outbox.claim import SCORE
from outbox.errors import BadSettings
from outbox.intent import Artifact
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.store import Connection
from tests.parts import journey
from tests.parts.processes import alive, descendants
from tests.parts.waiting import wait_until
from tests.plugins.behaviours import BEHAVIOURS

LONG = dt.timedelta(seconds=20)
SHORT = dt.timedelta(milliseconds=700)
NUMBERS = {behaviour.name: str(number) for number, behaviour in enumerate(BEHAVIOURS)}


@pytest.fixture
def hostile(plugins: None) -> Iterator[Rooms]:
    with Rooms(("hostile",), LONG) as rooms:
        yield rooms


def said_of(
    db: Connection, ledger: Ledger, rooms: Rooms, *mails: Artifact
) -> list[tuple[str, float, list[str]]]:
    """Score these; what each scorer said of each."""
    for mail in mails:
        journey.proposed(db, mail)
    while scoring.look(ledger, rooms, Past(db)):
        pass
    return db.execute(
        "SELECT scorer, confidence, ARRAY(SELECT jsonb_array_elements_text(reasons))"
        " FROM outbox.score ORDER BY intent_id, id"
    ).fetchall()


def test_a_scorer_is_found_by_its_entry_point_and_what_it_says_is_stored_whole(
    db: Connection, ledger: Ledger, hostile: Rooms
) -> None:
    said_of(db, ledger, hostile, journey.mail())

    assert db.execute(
        "SELECT scorer, scorer_version, confidence, holds, kinds, reasons, cost::text,"
        " took BETWEEN interval '1 microsecond' AND interval '20 seconds' FROM outbox.score"
    ).fetchall() == [("hostile", "7", 0.99, False, ["fine"], ["fine"], "0.0025", True)]


@pytest.mark.fault("7 scorer hangs")
def test_one_that_hangs_is_ended_in_time_and_says_in_which_line(
    db: Connection, ledger: Ledger, plugins: None, capfd: pytest.CaptureFixture[str]
) -> None:
    hanging = journey.mail(NUMBERS["keeps the interpreter"])
    with Rooms(("hostile", "rules"), SHORT) as rooms:
        first, second, third, _ = said_of(db, ledger, rooms, hanging, journey.mail())

    assert first == ("hostile", 0, ["the scorer failed: it ended without an answer"])
    assert (second[0], second[1] > 0) == ("rules", True)
    assert third == ("hostile", 0.99, ["fine"])
    heard = capfd.readouterr().err
    assert "Timeout (" in heard
    assert "in score" in heard


def test_one_that_does_not_even_end_is_killed(
    db: Connection, ledger: Ledger, plugins: None
) -> None:
    stopped = journey.mail(NUMBERS["stops"])
    with Rooms(("hostile",), SHORT) as rooms:
        first, second = said_of(db, ledger, rooms, stopped, journey.mail())

    assert first == ("hostile", 0, ["the scorer failed: it did not answer in time"])
    assert second == ("hostile", 0.99, ["fine"])


@pytest.mark.fault("7 scorer killed")
def test_one_that_dies_is_started_again_for_the_next_mail(
    db: Connection, ledger: Ledger, hostile: Rooms
) -> None:
    died = journey.mail(NUMBERS["signal SEGV"])

    first, second = said_of(db, ledger, hostile, died, journey.mail())

    assert first == ("hostile", 0, ["the scorer failed: it ended without an answer"])
    assert second == ("hostile", 0.99, ["fine"])


def test_what_it_prints_is_heard_nowhere(
    db: Connection, ledger: Ledger, hostile: Rooms, capfd: pytest.CaptureFixture[str]
) -> None:
    said_of(db, ledger, hostile, journey.mail(NUMBERS["prints"]))

    assert "ada@example.org" not in "".join(capfd.readouterr())


def test_an_exception_is_named_and_its_message_is_not_repeated(
    db: Connection, ledger: Ledger, hostile: Rooms
) -> None:
    telling = journey.mail(NUMBERS["says 'to ada@ex'"])

    assert said_of(db, ledger, hostile, telling) == [
        ("hostile", 0, ["the scorer failed: ValueError"])
    ]


def test_a_scorer_knows_no_way_into_the_database(
    db: Connection, ledger: Ledger, plugins: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HOLDSHORT_DSN", "HOLDSHORT_SMTP", "PGPASSWORD", "OF_A_MODEL"):
        monkeypatch.setenv(name, "x")
    with Rooms(("curious",), LONG) as rooms:
        [(_, _, known)] = said_of(db, ledger, rooms, journey.mail())

    assert "OF_A_MODEL" in known
    assert {"HOLDSHORT_DSN", "HOLDSHORT_SMTP", "PGPASSWORD"}.isdisjoint(known)


def test_what_was_sent_is_told_it_and_told_again_once_it_has_died(
    db: Connection, ledger: Ledger, plugins: None
) -> None:
    for subject in ("First", "Second"):
        claim = journey.permitted(db, ledger, journey.mail(subject))
        ledger.settle(claim, State.SENT, kind="sent", evidence={})
    with Rooms(("curious",), LONG) as rooms:
        said = said_of(db, ledger, rooms, journey.mail("A"), journey.mail("B"))
        rooms.close()
        said += said_of(db, ledger, rooms, journey.mail("C"))[2:]

    for _, _, known in said[-3:]:
        assert [one.split()[1] for one in known if one[:1].isdecimal()] == ["Second", "First"]


@pytest.mark.parametrize("name", ["broken", "impostor"])
def test_one_that_cannot_be_made_or_bears_anothers_name_holds_every_mail(
    db: Connection, ledger: Ledger, plugins: None, name: str
) -> None:
    with Rooms((name,), LONG) as rooms:
        assert said_of(db, ledger, rooms, journey.mail()) == [
            (name, 0, ["the scorer failed: it ended without an answer"])
        ]


@pytest.mark.parametrize(("names", "why"), [(("moon",), "no scorer moon"), ((), "no scorer")])
def test_a_scorer_that_is_not_installed_is_refused_at_the_start(
    names: tuple[str, ...], why: str
) -> None:
    with pytest.raises(BadSettings, match=why):
        Rooms(names, LONG)


def test_where_no_time_is_left_nobody_is_asked_and_it_is_held(
    db: Connection, ledger: Ledger, hostile: Rooms
) -> None:
    journey.proposed(db)
    [claim] = ledger.claim(SCORE)
    late = time.monotonic()

    [score] = hostile.judge(claim, Past(db).read(), late)

    assert (score.confidence, score.holds) == (0, True)


@pytest.mark.parametrize(
    ("patience", "batch", "lease"),
    [(1, 20, 60), (10, 5, 60), (50, 1, 60), (300, 1, 310)],
)
def test_a_batch_fits_its_lease_should_every_mail_take_all_the_time(
    patience: int, batch: int, lease: int
) -> None:
    stage = scoring.patient(dt.timedelta(seconds=patience))

    assert (stage.batch, stage.lease) == (batch, dt.timedelta(seconds=lease))


ALONE = """
import datetime, os, signal, sys
from consumers import scoring
from consumers.scorers.history import Past
from consumers.scorers.rooms.panel import Rooms
from outbox.ledger import Ledger
from outbox.store import connect

with connect(sys.argv[1], application="tests") as connection:
    rooms = Rooms(("hostile",), datetime.timedelta(seconds=20))
    scoring.look(Ledger(connection, worker="scorer-2"), rooms, Past(connection))
    sys.stdin.read()
"""


def test_a_room_ends_with_the_process_that_asks_it(
    db: Connection, dsn: str, plugins: None
) -> None:
    journey.proposed(db)
    command = [sys.executable, "-c", ALONE, dsn]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as asking:
        wait_until(lambda: _scored(db) == 1, LONG, "the mail is scored")
        [room] = descendants(asking.pid) - {asking.pid}
        asking.kill()

    wait_until(lambda: not alive(room), LONG, "nobody asks it any more")


def _scored(db: Connection) -> int:
    [(many,)] = db.execute("SELECT count(*) FROM outbox.score").fetchall()
    return int(many)
