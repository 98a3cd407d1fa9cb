"""Change what no rule of ours may change, as only a database's superuser could."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from outbox.store import Connection


@contextmanager
def rewriting(db: Connection, *tables: str) -> Iterator[None]:
    """One transaction in which no guard of these tables stands, and no foreign key counts."""
    names = (
        "SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal"
        " AND tgrelid = ('outbox.' || %s)::regclass"
    )
    guards = [(table, name) for table in tables for (name,) in db.execute(names, (table,))]
    with db.transaction():
        for table in tables:
            db.execute(f"ALTER TABLE outbox.{table} DISABLE TRIGGER USER".encode())
        db.execute("SET LOCAL session_replication_role = replica")
        yield
        for table, name in guards:
            stand = f"ALTER TABLE outbox.{table} ENABLE ALWAYS TRIGGER {name}"
            db.execute(stand.encode())
