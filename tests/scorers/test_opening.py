"""When a room opens, when it does not, and when it ends."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import time

import pytest

from consumers import scoring
from consumers.scorers.history import Past
from consumers.scorers.rooms.panel import Rooms
from outbox.claim import SCORE
from outbox.errors import BadSettings
from outbox.ledger import Ledger
from outbox.store import Connection
from tests.parts import journey
from tests.parts.processes import alive, descendants
from tests.parts.waiting import wait_until
from tests.scorers.test_rooms import LONG, said_of

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
    db: Connection, ledger: Ledger, plugins: None
) -> None:
    journey.proposed(db)
    [claim] = ledger.claim(SCORE)

    with Rooms(("hostile",), LONG) as rooms:
        [score] = rooms.judge(claim, Past(db).read(), time.monotonic())

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
