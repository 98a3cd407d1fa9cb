"""What an error of the database means, in words and with what to do next."""

from __future__ import annotations

import psycopg
from sqlalchemy.exc import DBAPIError

from outbox.errors import DependencyDown, HoldshortError, NotAllowed


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
