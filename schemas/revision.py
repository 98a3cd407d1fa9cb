"""Which schema this version needs, and whether a database has one that serves it.

A revision says in its name which code it serves: `0003_serves_0002` is the third schema, and
whatever was written for the second still runs on it.  A step that only adds goes on serving
what the one before it served; one that takes away serves its own code alone.

Apart from `schemas.migrate`, since every process asks at its start and none of them
migrates: Alembic would be half of what a start costs.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from outbox.errors import DependencyDown
from outbox.store import connect

NEEDED = "0001"
"""The latest migration."""

_SPELLED = re.compile(r"(\d{4})(?:_serves_(\d{4}))?", re.ASCII)


class Revision(NamedTuple):
    """One step of the schema."""

    number: int
    serves: int
    """The oldest code that runs on it, by the schema that code needs."""


def read(name: str) -> Revision:
    """What a name says; of what it does not say, that it serves nobody but itself."""
    spelled = _SPELLED.fullmatch(name)
    if spelled is None:
        return Revision(-1, -1)
    return Revision(int(spelled[1]), int(spelled[2] or spelled[1]))


def serves(found: str, needed: str = NEEDED) -> bool:
    """Whether code that needs the one runs on the other."""
    ours, theirs = read(needed).number, read(found)
    return theirs.serves <= ours <= theirs.number


def is_later(found: str) -> bool:
    """Whether it is of a later version than this one."""
    return read(found).number > read(NEEDED).number


def check(dsn: str) -> str:
    """The revision found.  Raises `DependencyDown` unless it serves this code."""
    with connect(dsn, application="holdshort") as connection:
        row = connection.execute("SELECT version_num FROM outbox.alembic_version").fetchone()
    found = str(row[0]) if row else ""
    if not serves(found):
        raise refusal(found)
    return found


def refusal(found: str) -> DependencyDown:
    """Why this code does not run there."""
    said = f"the database is at revision {found or 'none'}, this version needs {NEEDED}"
    if is_later(found):
        return DependencyDown(
            f"{said}, which that one no longer serves", hint="run a later version of holdshort"
        )
    return DependencyDown(said, hint="holdshort migrate")
