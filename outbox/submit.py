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

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg.rows import tuple_row

from outbox.errors import BadArtifact
from outbox.failpoints import Point, reach
from outbox.intent import Intent, Proposal, canonical
from outbox.store import calling, refusals

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession
    from sqlalchemy.orm import Session


_STATEMENT = calling(
    *("submit", "key", "producer", "channel", "content"),
    *("not_before", "not_after", "traceparent", "tenant"),
)


def submit(
    connection: psycopg.Connection[Any] | Connection | Session, proposal: Proposal
) -> Intent:
    """Propose; give back the intent.

    Raises `BadArtifact` for what could never be sent, and `Conflict` if the key already
    names other bytes.  The same key with the same bytes gives the same intent.
    """
    named = parameters(proposal)
    with _proposing():
        if isinstance(connection, psycopg.Connection):
            with connection.cursor(row_factory=tuple_row) as cursor:
                return _intent(cursor.execute(_STATEMENT, named).fetchone())
        # Here, since it is slow to import: psycopg's callers do not need it.
        from sqlalchemy import Connection

        with _unwrapped():
            if not isinstance(connection, Connection):
                connection = connection.connection()
            return _intent(connection.exec_driver_sql(_STATEMENT.decode(), named).fetchone())


async def submit_async(
    connection: psycopg.AsyncConnection[Any] | AsyncConnection | AsyncSession,
    proposal: Proposal,
) -> Intent:
    """The same as `submit`, for async connections."""
    named = parameters(proposal)
    with _proposing():
        if isinstance(connection, psycopg.AsyncConnection):
            async with connection.cursor(row_factory=tuple_row) as cursor:
                await cursor.execute(_STATEMENT, named)
                return _intent(await cursor.fetchone())
        # Here, since it needs greenlet: psycopg's callers may not have it.
        from sqlalchemy.ext.asyncio import AsyncConnection

        with _unwrapped():
            if not isinstance(connection, AsyncConnection):
                connection = await connection.connection()
            result = await connection.exec_driver_sql(_STATEMENT.decode(), named)
            return _intent(result.fetchone())


def parameters(proposal: Proposal) -> dict[str, Any]:
    """The arguments of `outbox.submit` in the database for this proposal."""
    if not 1 <= len(proposal.key) <= 200:
        raise BadArtifact(f"key: {len(proposal.key)} characters, must be 1 to 200")
    return {
        "key": proposal.key,
        "producer": proposal.producer,
        "channel": proposal.artifact.channel,
        "content": canonical(proposal.artifact),
        "not_before": proposal.not_before,
        "not_after": proposal.not_after,
        "traceparent": proposal.traceparent,
        "tenant": proposal.tenant,
    }


def _intent(row: Any) -> Intent:
    return Intent(*row)


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
