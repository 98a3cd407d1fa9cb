"""Which schema this version needs, and whether a database has it.

Apart from `schemas.migrate`, since every process asks at its start and none of them
migrates: Alembic would be half of what a start costs.
"""

from __future__ import annotations

from outbox.errors import DependencyDown
from outbox.store import connect

NEEDED = "0001"
"""The latest migration."""


def check(dsn: str) -> None:
    """Raise `DependencyDown` unless the database is at the revision that this code needs."""
    with connect(dsn, application="holdshort") as connection:
        found = connection.execute("SELECT version_num FROM outbox.alembic_version").fetchone()
    if found != (NEEDED,):
        raise DependencyDown(
            f"the database is at revision {found and found[0]}, this version needs {NEEDED}",
            hint="holdshort migrate",
        )
