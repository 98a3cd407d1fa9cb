"""The statements of `outbox/sql` on a connection of a reader."""

from __future__ import annotations

from sqlalchemy import Connection, RowMapping

from outbox.store import sql


def rows(connection: Connection, statement: str, **parameters: object) -> list[RowMapping]:
    """All rows, each by the names of its columns."""
    found = connection.exec_driver_sql(sql(statement).decode(), parameters)
    return list(found.mappings())


def one(connection: Connection, statement: str, **parameters: object) -> RowMapping:
    """The one row of a statement that always has one."""
    [found] = rows(connection, statement, **parameters)
    return found
