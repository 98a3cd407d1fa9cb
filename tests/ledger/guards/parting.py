"""Scenes of how partitions of the log of moves are made and archived; and what is taken out."""

from __future__ import annotations

from contextlib import suppress

from psycopg.errors import LockNotAvailable

from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.partitions import WIDTH, make, partitions
from outbox.store import Connection, call
from tests.ledger.guards.answers import answer, one, raw
from tests.ledger.guards.mutations import Changes
from tests.parts import journey
from tests.relay.turning import published


def later(db: Connection, number: int) -> None:
    """From now on events have the numbers of that partition; no rollback takes that back."""
    db.execute("SELECT setval('outbox.event_seq_seq', %s)", (number * WIDTH or 1,))


def over(db: Connection) -> int:
    """An intent that is sent, and of which Kafka has every event."""
    ledger = Ledger(db, worker="worker-1")
    claim = journey.permitted(db, ledger)
    ledger.settle(claim, State.SENT, kind="sent", evidence={})
    published(db)
    return claim.id


def archived(db: Connection, number: int, events: int) -> str:
    """The answer to whoever has exported so many of them, once no vacuum is in the way."""
    told = {"number": number, "events": events, "digest": "d", "actor": "ada"}
    for _ in range(100):
        with suppress(LockNotAvailable):
            return answer(db, lambda: call(db, "archive_partition", **told))
    raise AssertionError("somebody holds the partition all the time")


def names(db: Connection) -> list[str]:
    return [one.name for one in partitions(db)]


def partitions_are_made_ahead_and_nothing_in_the_rest_is_lost(db: Connection) -> None:
    later(db, 0)
    assert names(db) == ["event_0", "event_1", "event_2", "event_rest"]
    later(db, 7)
    journey.proposed(db)
    assert make(db) == ["event_8", "event_9"]
    later(db, 8)
    journey.proposed(db)
    assert one(db, "SELECT count(*) FROM outbox.event_rest") == 1
    db.execute("SET LOCAL session_replication_role = replica")
    for table in ("event_8", "event_rest"):
        assert raw(db, f"DELETE FROM outbox.{table}") == "history_is_only_added_to"
        truncated = raw(db, f"TRUNCATE outbox.{table}")
        assert truncated == "history_is_only_added_to"


def only_what_nobody_needs_is_archived_whole(db: Connection) -> None:
    later(db, 0)
    over(db)
    events = int(str(one(db, "SELECT count(*) FROM outbox.event")))
    assert archived(db, 0, events) == "the_partition_in_use_stays"
    later(db, 1)
    assert archived(db, 0, events - 1) == "an_archive_has_every_event"
    db.execute("INSERT INTO outbox.unpublished (shard, seq) VALUES (1, 1)")
    assert archived(db, 0, events) == "what_kafka_lacks_is_not_archived"
    db.execute("DELETE FROM outbox.unpublished")
    db.execute("INSERT INTO outbox.unpublished (shard, seq) VALUES (1, %s)", (WIDTH,))
    assert archived(db, 0, events - 1) == "an_archive_has_every_event", "it is of the next"
    db.execute("SELECT setval('outbox.event_seq_seq', %s)", (2 * events,))
    journey.proposed(db)
    published(db)
    later(db, 2)
    assert archived(db, 0, events + 1) == "only_what_is_over_is_archived"


def what_is_archived_is_detached_and_receipted(db: Connection) -> None:
    later(db, 0)
    over(db)
    events = int(str(one(db, "SELECT count(*) FROM outbox.event")))
    later(db, 1)
    journey.proposed(db)
    db.execute("DELETE FROM outbox.unpublished")
    assert archived(db, 0, events) == "done"
    assert names(db)[0] == "event_1"
    assert one(db, "SELECT count(*) FROM outbox.event_0") == events
    assert one(db, "SELECT count(*) FROM outbox.receipt WHERE kind = 'archived'") == 1
    assert archived(db, 0, events) == "done", "it says that there is none"
    assert one(db, "SELECT count(*) FROM outbox.receipt WHERE kind = 'archived'") == 1


SCENES = (
    partitions_are_made_ahead_and_nothing_in_the_rest_is_lost,
    only_what_nobody_needs_is_archived_whole,
    what_is_archived_is_detached_and_receipted,
)
_WAITS = "waits.seq >= first\n                            AND waits.seq < until"
PARTED: dict[str, Changes] = {
    "sweeper/make_partitions.sql": (
        ("(last_value >> 25) + make_partitions.ahead", "last_value >> 25"),
        ("BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE", "BEFORE INSERT OR UPDATE"),
        ("ENABLE ALWAYS TRIGGER", "ENABLE TRIGGER"),
        (" OR check_violation", ""),
    ),
    "history/event_rest_is_written_through_its_table.sql": (
        ("INSERT OR UPDATE OR DELETE OR TRUNCATE", "INSERT OR UPDATE"),
    ),
    "operator/archive_partition.sql": (
        ("last_value < until", "false"),
        (_WAITS, "true"),
        (_WAITS, "waits.seq >= first"),
        ("seq >= first AND seq < until\n                          LIMIT 1", "false LIMIT 1"),
        ("seq < until)\n             <> ", "seq < until)\n             < "),
        (
            "WHERE inhparent = 'outbox.event'::regclass\n"
            "                                             AND inhrelid",
            "WHERE to_regclass('outbox.' || name)",
        ),
    ),
}
