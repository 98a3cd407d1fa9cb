"""Change what no rule of ours may change, as only a database's superuser could."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from outbox.store import Connection

_GUARDS = """
    SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal
       AND tgrelid = ('outbox.' || %s)::regclass"""


@contextmanager
def rewriting(db: Connection, *tables: str) -> Iterator[None]:
    """One transaction in which no guard of these tables stands, and no foreign key counts."""
    with db.transaction(), unguarded(db, *tables):
        db.execute("SET LOCAL session_replication_role = replica")
        yield


@contextmanager
def unguarded(db: Connection, *tables: str) -> Iterator[None]:
    """Until the end of the block no guard of these tables stands, in whatever session."""
    guards = [(table, name) for table in tables for (name,) in db.execute(_GUARDS, (table,))]
    for table in tables:
        db.execute(f"ALTER TABLE outbox.{table} DISABLE TRIGGER USER".encode())
    yield
    for table, name in guards:
        stand = f"ALTER TABLE outbox.{table} ENABLE ALWAYS TRIGGER {name}"
        db.execute(stand.encode())
