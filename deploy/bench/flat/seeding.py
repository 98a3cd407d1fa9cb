"""Fill a database with very many intents, as months of work would leave them.

What is written keeps every constraint, foreign keys too, with some receipts, moves, scores,
recipients and approvals of each; only the log of receipts is left out.  Who is rare stays rare:
about one intent in 100,000 is of `rare-agent`, to `rare@rare.example`, scored 0.01, and about a
zeppelin.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import resources

from deploy.bench.flat.rewriting import unguarded
from outbox.store import Connection, connect

TABLES = (
    *("intent", "artifact", "recipient", "amount", "score", "approval", "endorsement"),
    *("attempt", "receipt", "event", "counted", "deferral"),
)
"""In the order in which they are written."""
AT_LAST = ("tally", "calibration", "checkpoint")
"""What is counted off all of them."""
COUNTERS = {
    "intent": "id",
    "score": "id",
    "approval": "id",
    "endorsement": "id",
    "attempt": "id",
    "receipt": "id",
    "event": "seq",
}
AT_ONCE = 100_000
"""How many intents are written in one transaction."""
HANDS = 2
"""How many sessions write at a time."""
EACH = 7_000
"""Bytes on the disk that an intent takes, with all that belongs to it and its indexes."""

_INDEXES = """
    SELECT indexrelid::regclass::text,
           replace(pg_get_indexdef(indexrelid), ' ON ONLY ', ' ON ') FROM pg_index
     WHERE indrelid = ANY (%s::regclass[]) AND NOT EXISTS (
           SELECT FROM pg_constraint WHERE conindid = indexrelid)"""


def seed(dsn: str, rows: int, *, waiting: bool = True) -> None:
    """Write that many intents into a database that has none.  As a superuser.

    The newest tenth has what still waits, unless nothing is to wait: then all are over.
    """
    with connect(dsn, application="seeding") as db, unguarded(db, *TABLES, *AT_LAST):
        with _unindexed(db), ThreadPoolExecutor(HANDS) as hands:
            firsts = range(1, rows + 1, AT_ONCE)
            list(hands.map(lambda first: _lives(dsn, first, rows, waiting), firsts))
        for step in AT_LAST:
            db.execute(_statement(step))
        for table, column in COUNTERS.items():
            name = f"pg_get_serial_sequence('outbox.{table}', '{column}')"
            db.execute(f"SELECT setval({name}, max({column})) FROM outbox.{table}".encode())
        db.execute("SELECT setval('outbox.fence', max(fence)) FROM outbox.score")
        db.execute("VACUUM ANALYZE")


def _lives(dsn: str, first: int, rows: int, waiting: bool) -> None:
    last = min(first + AT_ONCE - 1, rows)
    with connect(dsn, application="seeding") as db, db.transaction():
        db.execute("SET LOCAL session_replication_role = replica")
        db.execute("SET LOCAL synchronous_commit = off")
        told = {"first": first, "last": last, "rows": rows, "waiting": waiting}
        db.execute(_statement("lives"), told)
        for table in TABLES:
            db.execute(_statement(table))


@contextmanager
def _unindexed(db: Connection) -> Iterator[None]:
    """Without the indexes that no constraint needs: to sort all at the end is quicker."""
    named = [f"outbox.{table}" for table in TABLES]
    indexes = db.execute(_INDEXES, (named,)).fetchall()
    for name, _ in indexes:
        db.execute(f"DROP INDEX {name}".encode())
    yield
    db.execute("SET maintenance_work_mem = '512MB'")
    for _, definition in indexes:
        db.execute(definition.encode())


def _statement(step: str) -> bytes:
    return resources.files("deploy.bench.flat").joinpath("sql", f"{step}.sql").read_bytes()
