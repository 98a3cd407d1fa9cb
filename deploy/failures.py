"""Say what went wrong: one line what and why, one line the next command."""

from __future__ import annotations

import sys
from typing import NoReturn

import psycopg
from sqlalchemy.exc import DBAPIError

from outbox.errors import DependencyDown, HoldshortError, NotAllowed


def exit_saying(error: Exception) -> NoReturn:
    """End the process with the exit code of `error`, or let what we did not foresee through."""
    known = explain(error)
    if known is None:
        raise error
    sys.stderr.write(f"holdshort: {known}\n")
    if known.hint:
        sys.stderr.write(f"  next: {known.hint}\n")
    sys.exit(known.exit_code)


def explain(error: BaseException) -> HoldshortError | None:
    """What `error` means to an operator; None if nobody foresaw it."""
    if isinstance(error, HoldshortError):
        return error
    if isinstance(error, DBAPIError) and isinstance(error.orig, psycopg.Error):
        return explain(error.orig)
    return _refused(error) if isinstance(error, psycopg.Error) else None


def _refused(error: psycopg.Error) -> HoldshortError | None:
    if isinstance(error, psycopg.errors.UndefinedTable | psycopg.errors.InvalidSchemaName):
        return DependencyDown("this database has no Holdshort schema", hint="holdshort migrate")
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return NotAllowed(f"the database refuses: {str(error).splitlines()[0]}")
    if isinstance(error, psycopg.errors.DiskFull):
        return DependencyDown(
            f"the database has no room: {' '.join(str(error).split())}",
            hint="make room on its disk and start it again; nothing is lost, and what was in"
            " flight is swept",
        )
    if isinstance(error, psycopg.OperationalError):
        return DependencyDown(
            f"the database is gone: {' '.join(str(error).split())}",
            hint="start it again; nothing is lost, and what was in flight is swept",
        )
    return None
