"""The slots of the queue: filled, published, and looked at."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from outbox.store import Connection, call
from tests.relay.hearing import SOON

SLOT = 1 << 15
THREE_SLOTS = 6 * 1024 * 1024
"""Of rows and their keys, of events one after the other."""


def moved(db: Connection, id: int, times: int) -> None:
    """So many moves of one intent, as the triggers write them."""
    db.execute(
        "WITH logged AS (INSERT INTO outbox.event"
        " (intent_id, source, target, role, version, digest)"
        " SELECT %s, 'scoring', 'submitted', 'sweeper', 1, 'd' FROM generate_series(1, %s)"
        " RETURNING intent_id, seq)"
        " INSERT INTO outbox.unpublished (shard, seq)"
        " SELECT outbox.shard_of(intent_id), seq FROM logged",
        (id, times),
    )


def next_slot(db: Connection) -> None:
    """From now on events go into the slot after the one in use."""
    db.execute(
        "SELECT setval('outbox.event_seq_seq',"
        " ((last_value >> 15) + 1) << 15) FROM outbox.event_seq_seq"
    )


def published(relay: Connection) -> int:
    """Take off what there is, as a relay does; how many that was."""
    with relay.transaction():
        rows = call(
            relay, "claim_unpublished", shards=16, per_shard=2 * SLOT, fence=SOON
        ).fetchall()
        call(relay, "take_off", intents=[r[1] for r in rows], seqs=[r[0] for r in rows])
    return len(rows)


def cleared(relay: Connection) -> bool:
    [(one,)] = call(relay, "clear_slots").fetchall()
    return bool(one)


def size(db: Connection) -> int:
    [(found,)] = db.execute(
        "SELECT sum(pg_total_relation_size(inhrelid))::bigint FROM pg_inherits"
        " WHERE inhparent = 'outbox.unpublished'::regclass"
    ).fetchall()
    return int(found)


@contextmanager
def looking(dsn: str, query: bytes = b"SELECT count(*) FROM outbox.intent") -> Iterator[None]:
    """Somebody has read something, in a transaction that is left open."""
    with psycopg.connect(dsn) as reader:
        reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        reader.execute(query)
        yield


def waits(db: Connection, relay: Connection) -> bool:
    """Whether it waits for a lock."""
    asked = "SELECT FROM pg_locks WHERE pid = %s AND NOT granted"
    return bool(db.execute(asked, (relay.info.backend_pid,)).fetchall())
