"""Each scorer works in a process of its own, and takes nobody else along."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from consumers import scoring
from consumers.scorers.history import Past
from consumers.scorers.rooms.panel import Rooms
from outbox.intent import Artifact
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.store import Connection
from tests.parts import journey
from tests.plugins.behaviours import BEHAVIOURS
from tests.plugins.hostile import VARIABLES

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
    for name in VARIABLES:
        monkeypatch.setenv(name, "x")
    with Rooms(("curious",), LONG) as rooms:
        [(_, _, known)] = said_of(db, ledger, rooms, journey.mail())

    assert known == ["OF_A_MODEL"]


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
        assert [one.split()[1] for one in known] == ["Second", "First"]
