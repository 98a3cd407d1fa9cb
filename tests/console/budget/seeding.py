"""Fill a database with very many intents, as months of work would leave them.

What is written keeps every constraint, foreign keys too, with some receipts, moves, scores,
recipients and approvals of each; only the log of receipts is left out.  Who is rare stays rare:
about one intent in 100,000 is of `rare-agent`, to `rare@rare.example`, scored 0.01, and about a
zeppelin.
"""

from __future__ import annotations

from importlib import resources

from outbox.store import Connection
from tests.parts.history import rewriting

TABLES = (
    *("intent", "artifact", "recipient", "amount", "score", "approval", "endorsement"),
    *("attempt", "receipt", "event", "counted", "tally", "checkpoint", "deferral"),
)
"""In the order in which they are written."""
COUNTERS = {
    "intent": "id",
    "score": "id",
    "approval": "id",
    "endorsement": "id",
    "attempt": "id",
    "receipt": "id",
    "event": "seq",
}


def seed(db: Connection, rows: int) -> None:
    """Write that many intents into a database that has none.  As a superuser."""
    with rewriting(db, *TABLES):
        for step in ("lives", *TABLES):
            statement = resources.files("tests.console.budget").joinpath("sql", f"{step}.sql")
            db.execute(statement.read_bytes(), {"rows": rows} if step == "lives" else None)
        for table, column in COUNTERS.items():
            name = f"pg_get_serial_sequence('outbox.{table}', '{column}')"
            db.execute(f"SELECT setval({name}, max({column})) FROM outbox.{table}".encode())
        db.execute("SELECT setval('outbox.fence', max(fence)) FROM outbox.score")
    db.execute("DROP TABLE seeded")
    db.execute("VACUUM ANALYZE")
