"""The queue stays small whatever else is open in the database, and loses nothing by it."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from outbox.store import Connection, call, connect
from outbox.tenants import bind
from relay.slots import EVERY, Slots
from tests.parts.logins import logins_of
from tests.parts.waiting import wait_until
from tests.relay.hearing import SOON, ear
from tests.relay.moving import Mover
from tests.relay.running import relays
from tests.relay.turning import (
    SLOT,
    THREE_SLOTS,
    cleared,
    looking,
    moved,
    next_slot,
    published,
    size,
    waits,
)


@pytest.fixture
def relay(dsn: str) -> Iterator[Connection]:
    with connect(logins_of(dsn)["relay"], application="tests") as connection:
        yield connection


@pytest.fixture
def emptied(db: Connection, relay: Connection) -> Connection:
    """A slot that is done with, and another one in use."""
    Mover(db).propose()
    assert published(relay) == 1
    next_slot(db)
    return db


def test_a_slot_that_is_done_with_is_emptied(emptied: Connection, relay: Connection) -> None:
    before = size(emptied)
    assert cleared(relay)
    assert size(emptied) < before
    assert not cleared(relay), "there is no other"


def test_the_slot_in_use_is_left_alone(db: Connection, relay: Connection) -> None:
    Mover(db).propose()
    published(relay)
    assert not cleared(relay)


def test_a_slot_with_anything_left_in_it_is_kept(db: Connection, relay: Connection) -> None:
    mover = Mover(db)
    mover.propose()
    next_slot(db)
    assert not cleared(relay)
    assert mover.unpublished() == mover.committed()


def test_nothing_is_lost_that_is_committed_only_after_a_slot_was_looked_at(
    dsn: str, emptied: Connection, relay: Connection
) -> None:
    mover = Mover(emptied)
    emptied.execute("SELECT setval('outbox.event_seq_seq', 1)")
    with psycopg.connect(dsn) as late:
        mover.propose(late)
        next_slot(emptied)
        assert not cleared(relay), "whoever put something there holds it"
    assert len(mover.unpublished()) == 1
    assert not cleared(relay)
    assert published(relay) == 1
    assert cleared(relay)


@pytest.mark.own_session("it looks which session waits")
def test_what_is_committed_while_a_slot_is_being_locked_is_kept(
    dsn: str, db: Connection, relay: Connection
) -> None:
    mover, met = Mover(db), False
    with ThreadPoolExecutor(1) as pool:
        for _ in range(99):
            with psycopg.connect(dsn) as late:
                mover.propose(late)
                next_slot(db)
                clearing = pool.submit(cleared, relay)
                while not (met := waits(db, relay)) and not clearing.done():
                    pass
            clearing.result()
            assert mover.unpublished() == mover.committed()
            if met:
                break
    assert met, "it never waited"


def test_nobody_waits_long_for_a_slot_that_somebody_reads(
    dsn: str, emptied: Connection, relay: Connection
) -> None:
    with looking(dsn, b"SELECT count(*) FROM outbox.unpublished"):
        assert not cleared(relay)
    assert cleared(relay)


def test_what_a_stricter_transaction_cannot_see_is_not_cleared_by_it(relay: Connection) -> None:
    relay.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    with pytest.raises(psycopg.errors.InvalidTransactionState), relay.transaction():
        cleared(relay)


def test_a_relay_of_one_tenant_does_not_clear_what_is_of_others(
    dsn: str, db: Connection, relay: Connection
) -> None:
    mover = Mover(db)
    mover.propose()
    next_slot(db)
    bind(db, relay.info.user, "others", actor="ada")
    assert published(relay) == 0, "it sees nothing of it"
    assert not cleared(relay)
    assert mover.unpublished() == mover.committed()


def test_the_queue_stays_small_under_a_transaction_that_is_left_open(
    dsn: str, db: Connection, relay: Connection
) -> None:
    mover = Mover(db)
    id = mover.propose()
    with looking(dsn):
        for _ in range(8):  # more than twice through all slots
            moved(db, id, SLOT)
            published(relay)
            cleared(relay)
            assert size(db) < THREE_SLOTS
    assert mover.unpublished() == set()


def test_a_relay_looks_once_a_second_as_long_as_something_is_published(
    emptied: Connection, relay: Connection
) -> None:
    now = [0.0]
    slots, before = Slots(clock=lambda: now[0]), size(emptied)
    slots.clear(relay, published=9)
    now[0] = EVERY.total_seconds()
    slots.clear(relay, published=0)
    assert size(emptied) < before
    published(relay)
    Mover(emptied).propose()
    published(relay)
    next_slot(emptied)
    full = size(emptied)
    now[0] += EVERY.total_seconds()
    slots.clear(relay, published=0)
    assert size(emptied) == full, "an idle relay leaves it alone"


@pytest.mark.kafka
def test_relays_clear_slots_while_they_publish_and_everything_is_heard_in_order(
    dsn: str, db: Connection, kafka: str
) -> None:
    mover = Mover(db)
    ids = [mover.propose() for _ in range(3)]
    with relays(dsn, kafka, count=2), ear(kafka, mover.trace) as heard, looking(dsn):
        for _ in range(9):
            for id in ids:
                mover.to_and_fro(id)
            next_slot(db)
        heard.listen_until_it_hears(mover.committed())
        wait_until(lambda: not mover.unpublished(), SOON, "the queue is empty")
    assert heard.duplicates() == {}
    assert heard.out_of_order() == []


def test_what_was_planned_for_an_empty_queue_reads_a_full_one_by_its_key(
    db: Connection, relay: Connection
) -> None:
    id = Mover(db).propose()
    published(db)
    db.execute("VACUUM ANALYZE outbox.unpublished")
    for _ in range(7):
        assert published(relay) == 0
        call(relay, "take_off", intents=[id], seqs=[0])
    moved(db, id, SLOT)
    assert published(relay) == SLOT
    relay.execute("SELECT pg_stat_force_next_flush()")
    [(scanned,)] = db.execute(
        "SELECT sum(seq_tup_read)::bigint FROM pg_stat_user_tables"
        " WHERE relname LIKE 'unpublished%'"
    ).fetchall()
    assert scanned < SLOT
