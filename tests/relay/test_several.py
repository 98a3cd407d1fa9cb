"""Several relays share a queue: an intent is in one hand at a time, and the dead hold none."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from functools import partial

import psycopg
import pytest

from outbox.store import Connection, call
from tests.parts.waiting import wait_until
from tests.relay.hearing import SOON, Ear, ear
from tests.relay.moving import Mover, many_writers
from tests.relay.running import relay_process

A_MOMENT = dt.timedelta(milliseconds=100)
HALF = 8
"""Of the 16 shards."""


def claimed(relay: Connection, fence: dt.timedelta = SOON) -> set[int]:
    """The intents whose events this relay holds until its transaction ends."""
    rows = call(relay, "claim_unpublished", shards=HALF, per_shard=99, fence=fence)
    return {intent for _, intent, *_ in rows.fetchall()}


def test_what_one_relay_holds_no_other_is_given(dsn: str, db: Connection) -> None:
    mover = Mover(db)
    all_of_them = {mover.propose() for _ in range(32)}
    with (
        psycopg.connect(dsn) as one,
        psycopg.connect(dsn) as other,
        psycopg.connect(dsn) as third,
    ):
        first, second = claimed(one), claimed(other)
        assert len(first) == len(second) == 16
        assert first & second == set()
        assert first | second == all_of_them
        assert claimed(third) == set(), "it waits for nobody, and goes without"


def test_what_a_dead_relay_held_is_free_at_once(dsn: str, db: Connection) -> None:
    mover = Mover(db)
    for _ in range(16):
        mover.propose()
    with closing(psycopg.connect(dsn)) as doomed, psycopg.connect(dsn) as other:
        held = claimed(doomed) | claimed(other)
        # Asked for there: a pooler greets with a number of its own.
        session = doomed.execute("SELECT pg_backend_pid()").fetchone()
        assert db.execute("SELECT pg_terminate_backend(%s)", session).fetchall() == [(True,)]
        other.rollback()
        with psycopg.connect(dsn) as third:
            wait_until(lambda: claimed(third) | claimed(other) == held, SOON, "all are free")


def test_a_relay_that_hangs_is_ended_by_the_server(dsn: str, db: Connection) -> None:
    mover = Mover(db)
    held = {mover.propose()}
    with closing(psycopg.connect(dsn)) as hung, psycopg.connect(dsn, autocommit=True) as other:
        assert claimed(hung, A_MOMENT) == held
        wait_until(lambda: claimed(other) == held, SOON, "its shard is free")
        with pytest.raises(psycopg.errors.IdleInTransactionSessionTimeout):
            call(hung, "take_off", intents=[*held], seqs=[*mover.committed()])
    assert mover.unpublished() == mover.committed()


@pytest.mark.kafka
@pytest.mark.timeout(180)
@pytest.mark.fault("3 relay killed before it marks")
def test_relays_are_killed_one_after_the_other_and_nothing_is_lost_or_out_of_order(
    dsn: str, db: Connection, kafka: str
) -> None:
    mover, kills = Mover(db), 6
    with ThreadPoolExecutor(1) as pool, ExitStack() as alive:
        relays = [alive.enter_context(relay_process(dsn, kafka)) for _ in range(3)]
        heard = alive.enter_context(ear(kafka, mover.trace))
        writing = pool.submit(many_writers, dsn, mover, intents=20, rounds=600)
        for _ in range(kills):
            wait_until(partial(_more, heard, len(heard.heard)), SOON, "they publish")
            relays.pop(0).kill()
            relays.append(alive.enter_context(relay_process(dsn, kafka)))
        writing.result()
        heard.listen_until_it_hears(mover.committed())
        wait_until(lambda: not mover.unpublished(), SOON, "the queue is empty")
    assert heard.seqs() == mover.committed()
    assert heard.out_of_order() == []


def _more(heard: Ear, before: int) -> bool:
    heard.listen()
    return len(heard.heard) > before + 50
