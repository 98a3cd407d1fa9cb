"""What the ledger answers to an act, as one word."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import LiteralString

import psycopg

from outbox.errors import GateClosed, HoldshortError
from outbox.store import Connection

NOT_HELD = "LeaseLost"
NOT_ALLOWED = "NotAllowed"


def answer(db: Connection, act: Callable[[], object]) -> str:
    """`done`, or the name of what refused it; a refusal leaves nothing behind."""
    try:
        with db.transaction():
            act()
    except GateClosed as closed:
        return closed.reason
    except HoldshortError as error:
        return type(error).__name__
    except psycopg.errors.InsufficientPrivilege:
        return NOT_ALLOWED
    except psycopg.IntegrityError as refusal:
        return refusal.diag.constraint_name or type(refusal).__name__
    return "done"


def answered(db: Connection, act: Callable[[], object]) -> str:
    """The same, and what a refused ledger has kept stays: `settle` keeps late evidence."""
    try:
        act()
    except HoldshortError as error:
        return type(error).__name__
    return "done"


def words(told: Sequence[Exception | None]) -> list[str]:
    """The same of each that was asked for a permit at once."""
    return [
        one.reason if isinstance(one, GateClosed) else "done" if one is None else NOT_HELD
        for one in told
    ]


def raw(db: Connection, statement: LiteralString) -> str:
    """The answer to a statement that is none of ours."""
    return answer(db, lambda: db.execute(statement))


def one(db: Connection, query: LiteralString) -> object:
    """The first column of the one row."""
    [row] = db.execute(query).fetchall()
    return row[0]


def locks(db: Connection) -> list[tuple[str, str]]:
    """The advisory locks of this transaction, those of the switch, and how it holds them."""
    rows = db.execute(
        "SELECT coalesce(relation::regclass::text, objid::text), mode FROM pg_locks"
        " WHERE (locktype = 'advisory' OR relation = 'outbox.switch'::regclass"
        " AND mode IN ('RowShareLock', 'ExclusiveLock'))"
        " AND pid = pg_backend_pid() ORDER BY mode"
    ).fetchall()
    return [(str(key), str(mode)) for key, mode in rows]
