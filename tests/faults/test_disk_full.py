"""A disk that is full: nothing leaves unrecorded twice, and nothing is lost."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from deploy.local.children import Child
from deploy.local.sink import MailSink
from deploy.supervisor import Supervisor
from deploy.watching import Counts, Watch
from outbox.durability import check_room
from outbox.failpoints import VARIABLE, Point
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.queries import reader
from outbox.store import Connection, call, connect
from tests.crash.pipeline import IN_FLIGHT, PATIENCE, environment_of
from tests.faults.disks import SmallDisk, small_disk
from tests.parts import journey
from tests.parts.logins import logins_of

Fill = Callable[[SmallDisk, Connection], None]

MAILS = 3
FULL = [
    pytest.param(SmallDisk.fill_receipts, id="no room in its tables"),
    pytest.param(SmallDisk.fill_wal, id="no room for its log"),
]


@pytest.fixture
def disk(own_room: Path) -> Iterator[SmallDisk]:
    """A database on a small disk, with some mails approved."""
    with small_disk(own_room) as disk:
        journey.arm(disk.dsn)
        with connect(disk.dsn, application="tests") as db:
            for _ in range(MAILS):
                journey.approved(db)
            journey.switch_on(db)
        yield disk


@pytest.fixture
def run(tmp_path: Path, disk: SmallDisk, sink: MailSink) -> Iterator[Supervisor]:
    patient = {"HOLDSHORT_SENDER_THREADS": "1", "HOLDSHORT_SEND_LEASE": "5m"}
    environment = environment_of(disk.dsn, "", sink) | patient
    with Supervisor(tmp_path, environment, logins_of(disk.dsn)) as run:
        yield run


def stopped_at(point: Point, run: Supervisor) -> Child:
    sender = run.start("sender", **{VARIABLE: f"{point}=stop"})
    sender.wait_until(lambda: f"failpoint {point}: stop" in sender.said(), PATIENCE)
    return sender


def goes_on(sender: Child, disk: SmallDisk, fill: Fill) -> None:
    """It wakes up, finds no room and ends."""
    with connect(disk.dsn, application="tests") as db:
        fill(disk, db)
    sender.signal(signal.SIGCONT)
    assert sender.ended(PATIENCE)


def settled(disk: SmallDisk, run: Supervisor) -> Counts:
    """What becomes of everything once there is room again."""
    disk.free()
    with connect(disk.dsn, application="tests") as db:
        journey.let_leases_expire(db)
    for role in ("sweeper", "sender"):
        run.start(role)
    watch = Watch(reader(disk.dsn), PATIENCE)
    watch.until(lambda n: not any(n[state] for state in IN_FLIGHT), "all is settled")
    return watch.counts()


def delivered(sink: MailSink) -> list[str]:
    return [mail.message_id for mail in sink.accepted()]


@pytest.mark.fault("13 disk full")
@pytest.mark.parametrize("fill", FULL)
def test_an_outcome_for_which_there_is_no_room_ends_the_sender_and_strands(
    disk: SmallDisk, run: Supervisor, sink: MailSink, fill: Fill
) -> None:
    sender = stopped_at(Point.BEFORE_SETTLE, run)
    goes_on(sender, disk, fill)
    while_full = len(delivered(sink))
    counts = settled(disk, run)

    assert (sender.exit_code, while_full) == (8, 1)
    assert '"reply_code": 250' in record_of(sender)
    assert (counts[State.STRANDED], counts[State.SENT]) == (1, MAILS - 1)
    assert len(set(delivered(sink))) == len(delivered(sink)) == MAILS


@pytest.mark.fault("13 disk full")
@pytest.mark.parametrize("fill", FULL)
def test_a_permit_for_which_there_is_no_room_sends_nothing_and_later_once(
    disk: SmallDisk, run: Supervisor, sink: MailSink, fill: Fill
) -> None:
    sender = stopped_at(Point.BEFORE_PERMIT_ASKED, run)
    goes_on(sender, disk, fill)
    while_full = len(delivered(sink))
    counts = settled(disk, run)

    assert (sender.exit_code, while_full) == (7, 0)
    assert counts[State.SENT] == MAILS
    assert len(set(delivered(sink))) == len(delivered(sink)) == MAILS


@pytest.mark.fault("13 disk full")
def test_a_sender_that_is_started_again_sends_nothing_until_there_is_room(
    disk: SmallDisk, run: Supervisor, sink: MailSink
) -> None:
    goes_on(stopped_at(Point.BEFORE_SETTLE, run), disk, SmallDisk.fill_receipts)

    again = run.start("sender")
    ended = again.ended(PATIENCE)
    while_full = len(delivered(sink))
    counts = settled(disk, run)

    assert (ended, again.exit_code, while_full) == (True, 7, 1)
    # Some connections end already where the server has no room to say what it remembers.
    assert "No space left on device" in again.said()
    assert "next: " in again.said()
    assert (counts[State.STRANDED], counts[State.SENT]) == (1, MAILS - 1)


def test_looking_whether_there_is_room_leaves_no_receipt(db: Connection) -> None:
    id = journey.approved(db).id
    before = journey.kinds_of(db, id)

    check_room(db)

    assert journey.kinds_of(db, id) == before


def record_of(sender: Child) -> str:
    """The line about what could not be recorded."""
    [line] = [line for line in sender.said().splitlines() if "not recorded" in line]
    return line


def test_looking_whether_there_is_room_hides_no_intent_from_a_stage(
    dsn: str, db: Connection
) -> None:
    journey.scored(db)
    with connect(dsn, application="tests") as sender, sender.transaction(force_rollback=True):
        call(sender, "try_room")

        assert len(Ledger(db, worker="router-1").route(threshold=0.5)) == 1
