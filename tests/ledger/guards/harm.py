"""Take guards out of the SQL, in one transaction that is rolled back."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from importlib import resources

import psycopg
import pytest

from outbox.errors import HoldshortError
from outbox.lifecycle import LEASES, MOVES
from outbox.store import Connection
from schemas.grants import grants
from schemas.groups import OWNER
from schemas.migrations.law import statements
from tests.ledger.guards.doors import Lock

Scene = Callable[[Connection], None]
ARMED = """
    INSERT INTO outbox.epoch (system_identifier, timeline, database_oid, database,
                              environment, nonce, armed_by)
    SELECT system_identifier, timeline, database_oid, database, '', '', 'ada'
      FROM outbox.place()
"""
"""By hand: the statement that arms may be the one that is harmed."""
NOT_EVEN_SQL = (
    psycopg.errors.SyntaxError,
    psycopg.errors.UndefinedColumn,
    psycopg.errors.UndefinedFunction,
    psycopg.errors.AmbiguousColumn,
    psycopg.errors.IndeterminateDatatype,
)
"""Of a statement that nobody could have written, no test needs to tell."""


@cache
def reads() -> dict[str, str]:
    """Every statement of ours outside the migration: they only read."""
    folder = resources.files("outbox").joinpath("sql")
    return {file.name: file.read_text() for file in folder.iterdir()}


def gone_wrong(db: Connection, scenes: tuple[Scene, ...]) -> str:
    """The first scene that goes wrong; empty if none does."""
    for scene in scenes:
        try:
            with db.transaction(force_rollback=True):
                scene(db)
        except NOT_EVEN_SQL:
            raise
        except (AssertionError, ValueError, psycopg.Error, HoldshortError):
            return scene.__name__
    return ""


_IN_PLACE = re.compile(r"^CREATE (FUNCTION|TRIGGER)", re.MULTILINE)
_ALWAYS = "roles/guards_stand_always.sql"
"""Said again, since a trigger that is replaced forgets it."""
READING = ("authority.challenges", "erasing", "ledger", "limits.checking", "receiptlog", "seen")
"""The modules of `outbox` whose reads are harmed, too."""


@contextmanager
def without(db: Connection, *locks: Lock) -> Iterator[None]:
    """The database and our statements without these locks, until the end of the block."""
    tables, ours = dict(statements()), dict(reads())
    for file, (text, instead) in locks:
        texts = tables if file in tables else ours
        assert texts[file].count(text) == 1, f"{file} has not exactly one {text!r}"
        texts[file] = texts[file].replace(text, instead)
    with db.transaction(force_rollback=True), pytest.MonkeyPatch.context() as patch:
        if tables != statements():
            _build(db, tables)
        for module in READING:
            patch.setattr(
                sys.modules[f"outbox.{module}"],
                "sql",
                lambda name: ours[f"{name}.sql"].encode(),
            )
        yield


def _build(db: Connection, tables: dict[str, str]) -> None:
    """Bring the database to these statements of the migration."""
    changed = [text for file, text in tables.items() if text != statements()[file]]
    replacing = [_IN_PLACE.sub(r"CREATE OR REPLACE \1", text, count=1) for text in changed]
    if all(_IN_PLACE.search(text) for text in changed):
        db.execute(";".join((*replacing, tables[_ALWAYS])).encode())
        return
    anew = (
        "DROP SCHEMA outbox CASCADE",
        f"CREATE SCHEMA outbox AUTHORIZATION {OWNER}",
        f"SET LOCAL ROLE {OWNER}",
        *tables.values(),
        *grants(),
    )
    db.execute(";".join(anew).encode())
    with db.cursor() as cursor:
        cursor.executemany("INSERT INTO outbox.move VALUES (%s, %s, %s)", sorted(MOVES))
        cursor.executemany("INSERT INTO outbox.lease VALUES (%s, %s, %s, %s)", LEASES)
    db.execute("RESET ROLE")
    db.execute(ARMED.encode())
