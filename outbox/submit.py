"""Propose an intent inside the caller's own transaction.

    from outbox.submit import submit
    with psycopg.connect(dsn) as connection:
        connection.execute("UPDATE invoices SET ...")
        intent = submit(connection, Proposal(artifact=mail, key="bill-7", producer="billing"))

If the caller's transaction rolls back there is no intent and no event.  The statement is
built once, without I/O; `submit` and `submit_async` only hand it to the connection that
they are given, psycopg's or SQLAlchemy's, and never commit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.rows import tuple_row

from outbox.errors import BadArtifact
from outbox.failpoints import Point, reach
from outbox.intent import Intent, Proposal, canonical
from outbox.store import calling, refusals
from outbox.tracing import carried

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
    from sqlalchemy.orm import Session


_STATEMENT = calling(
    *("submit_each", "keys", "producers", "channels", "contents"),
    *("not_befores", "not_afters", "traceparents", "tenants"),
)


def submit(
    connection: psycopg.Connection[Any] | Connection | Session, proposal: Proposal
) -> Intent:
    """Propose; give back the intent.

    Raises `BadArtifact` for what could never be sent, and `Conflict` if the key already
    names other bytes.  The same key with the same bytes gives the same intent.
    """
    [intent] = submit_each(connection, [proposal])
    return intent


def submit_each(
    connection: psycopg.Connection[Any] | Connection | Session, proposals: Sequence[Proposal]
) -> list[Intent]:
    """Propose all of these in one statement, or none; give the intents back in their order.

    Raises what `submit` does.
    """
    named = parameters(proposals)
    with _proposing():
        if isinstance(connection, psycopg.Connection):
            with connection.cursor(row_factory=tuple_row) as cursor:
                return _intents(cursor.execute(_STATEMENT, named).fetchall())
        # Here, since it is slow to import: psycopg's callers do not need it.
        from sqlalchemy import Connection

        with _unwrapped():
            if not isinstance(connection, Connection):
                connection = connection.connection()
            result = connection.exec_driver_sql(_STATEMENT.decode(), named)
            return _intents(result.fetchall())


async def submit_async(
    connection: psycopg.AsyncConnection[Any] | AsyncConnection | AsyncSession,
    proposal: Proposal,
) -> Intent:
    """The same as `submit`, for async connections."""
    named = parameters([proposal])
    with _proposing():
        if isinstance(connection, psycopg.AsyncConnection):
            async with connection.cursor(row_factory=tuple_row) as cursor:
                await cursor.execute(_STATEMENT, named)
                [intent] = _intents(await cursor.fetchall())
                return intent
        # Here, since it needs greenlet: psycopg's callers may not have it.
        from sqlalchemy.ext.asyncio import AsyncConnection

        with _unwrapped():
            if not isinstance(connection, AsyncConnection):
                connection = await connection.connection()
            result = await connection.exec_driver_sql(_STATEMENT.decode(), named)
            [intent] = _intents(result.fetchall())
            return intent


def parameters(proposals: Sequence[Proposal]) -> dict[str, list[Any]]:
    """The arguments of `outbox.submit_each` in the database for these proposals."""
    for one in proposals:
        if not 1 <= len(one.key) <= 200:
            raise BadArtifact(f"key: {len(one.key)} characters, must be 1 to 200")
    return {
        "keys": [one.key for one in proposals],
        "producers": [one.producer for one in proposals],
        "channels": [one.artifact.channel for one in proposals],
        "contents": [canonical(one.artifact) for one in proposals],
        "not_befores": [one.not_before for one in proposals],
        "not_afters": [one.not_after for one in proposals],
        "traceparents": [carried(one.traceparent) for one in proposals],
        "tenants": [one.tenant for one in proposals],
    }


def _intents(rows: Sequence[Any]) -> list[Intent]:
    return [Intent(*row) for row in rows]


@contextmanager
def _proposing() -> Iterator[None]:
    reach(Point.BEFORE_SUBMIT)
    with refusals():
        yield
    reach(Point.AFTER_SUBMIT)


@contextmanager
def _unwrapped() -> Iterator[None]:
    """What psycopg raised, where SQLAlchemy has wrapped it."""
    from sqlalchemy.exc import IntegrityError

    try:
        yield
    except IntegrityError as wrapped:
        if isinstance(wrapped.orig, psycopg.Error):
            raise wrapped.orig from wrapped
        raise
