"""The read side: what people and gauges look at.

Every function takes a connection of a `reader`, whose transactions cannot write and see
one moment of the database.
"""

from __future__ import annotations

from dataclasses import fields
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import psycopg
from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Select,
    Table,
    create_engine,
    func,
    literal_column,
    select,
)
from sqlalchemy.pool import NullPool

from outbox import store, tables, views
from outbox.errors import NotFound
from outbox.lifecycle import FINAL, State

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

DIALECT = "postgresql+psycopg://"  # libpq reads the DSN itself, in every form that it knows
View = TypeVar("View", bound="DataclassInstance")

_LEAST_CONFIDENCE = (
    select(func.min(tables.score.c.confidence))
    .where(tables.score.c.intent_id == tables.intent.c.id)
    .where(tables.score.c.version == tables.intent.c.version, ~tables.score.c.shadow)
    .scalar_subquery()
)
_SUMMARY = select(
    *(tables.intent.c[name] for name in ("id", "tenant")),
    tables.intent.c.idempotency_key.label("key"),
    tables.intent.c.producer,
    tables.intent.c.channel,
    tables.intent.c.state,
    tables.intent.c.version,
    tables.intent.c.digest,
    _LEAST_CONFIDENCE.label("confidence"),
    *(tables.intent.c[name] for name in ("created_at", "moved_at", "not_before", "not_after")),
)
_INTENT = tables.intent.c
WAITING = (
    select(
        _INTENT.state,
        _INTENT.channel,
        func.count().label("intents"),
        (func.clock_timestamp() - func.min(_INTENT.moved_at)).label("oldest"),
    )
    # Written out: a parameter would hide the partial index.
    .where(_INTENT.state.not_in([literal_column(f"'{state}'") for state in sorted(FINAL)]))
    .group_by(_INTENT.state, _INTENT.channel)
    .order_by(_INTENT.state, _INTENT.channel)
)


def reader(dsn: str) -> Engine:
    """Where read-only connections come from; each is opened anew and closed after use.

    Opening one raises `DependencyDown` if the database does not answer.
    """
    return create_engine(DIALECT, creator=partial(opened, dsn), poolclass=NullPool)


def opened(dsn: str) -> store.Connection:
    """A connection that cannot write, and whose transactions see one moment."""
    connection = store.connect(dsn, application="holdshort reader")
    connection.autocommit = False
    connection.read_only = True
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    return connection


def page(
    connection: Connection,
    *,
    state: State | None = None,
    before: int | None = None,
    size: int = 50,
) -> views.Page:
    """Up to `size` intents, the newest first, of one state or of all.

    Pages go by id: what is submitted meanwhile shifts nothing.
    """
    statement = _SUMMARY.order_by(tables.intent.c.id.desc()).limit(size + 1)
    if state is not None:
        statement = statement.where(tables.intent.c.state == state)
    if before is not None:
        statement = statement.where(tables.intent.c.id < before)
    found = _read(connection, statement, views.Summary)
    more = len(found) > size
    return views.Page(intents=found[:size], before=found[size - 1].id if more else None)


def dossier(connection: Connection, id: int) -> views.Dossier:
    """Everything about one intent but its bytes.  Raises `NotFound`."""
    found = _read(connection, _SUMMARY.where(tables.intent.c.id == id), views.Summary)
    if not found:
        raise NotFound(f"there is no intent {id}")
    spent = tables.attempt.c.approval_id.in_(
        select(tables.approval.c.id).where(tables.approval.c.intent_id == id)
    )  # says nothing new, but there is an index
    return views.Dossier(
        intent=found[0],
        versions=_versions(connection, id),
        scores=_of_intent(connection, id, tables.score, views.Scored),
        approvals=_of_intent(connection, id, tables.approval, views.Approval),
        attempts=_of_intent(connection, id, tables.attempt, views.Attempt, spent),
        receipts=_of_intent(connection, id, tables.receipt, views.Receipt),
        events=_of_intent(connection, id, tables.event, views.Event),
    )


def content(connection: Connection, id: int, *, digest: str) -> bytes:
    """The bytes of one version.  Raises `NotFound`, also once they are erased."""
    artifact = tables.artifact.c
    named = (artifact.intent_id == id, artifact.digest == digest)
    found: bytes | None = connection.scalar(select(artifact.content).where(*named))
    if found is None:
        raise NotFound(f"intent {id} has no artifact {digest}, or it was erased")
    return found


def secret(connection: Connection, id: int) -> bytes | None:
    """What the digests of this intent are keyed by; None once it is erased."""
    artifact = tables.artifact.c
    first = (artifact.intent_id == id, artifact.version == 1)
    found: bytes | None = connection.scalar(select(artifact.secret).where(*first))
    return found


def counts(connection: Connection) -> dict[State, int]:
    """How many intents are in each state, the final ones too: reads the whole table."""
    state = tables.intent.c.state
    found = connection.execute(select(state, func.count()).group_by(state))
    counted = {State(name): int(number) for name, number in found}
    return {state: counted.get(state, 0) for state in State if state is not State.UNBORN}


def waiting(connection: Connection) -> tuple[views.Waiting, ...]:
    """What is not final, by state and channel; stays cheap however much was sent."""
    return _read(connection, WAITING, views.Waiting)


def unpublished(connection: Connection) -> int:
    """How many recorded moves Kafka does not have yet."""
    return connection.scalar(select(func.count()).select_from(tables.unpublished)) or 0


def switch(connection: Connection) -> views.Switch:
    """Where the switch stands; no row is off."""
    columns = tables.switch.c
    statement = select(columns.outbound, columns.flipped_by, columns.flipped_at)
    found = _read(connection, statement, views.Switch)
    return found[0] if found else views.Switch(outbound=False, flipped_by="", flipped_at=None)


def _versions(connection: Connection, id: int) -> tuple[views.Version, ...]:
    artifact = tables.artifact.c
    statement = (
        select(
            artifact.version,
            artifact.digest,
            func.octet_length(artifact.content).label("size"),
            *(artifact[name] for name in ("written_by", "written_at", "erased_at")),
        )
        .where(artifact.intent_id == id)
        .order_by(artifact.version)
    )
    return _read(connection, statement, views.Version)


def _of_intent(
    connection: Connection, id: int, table: Table, view: type[View], *where: ColumnElement[bool]
) -> tuple[View, ...]:
    """The view's columns of every row of this intent, in the order they were written."""
    statement = (
        select(*(table.c[field.name] for field in fields(view)))
        .where(table.c.intent_id == id, *where)
        .order_by(table.columns[0])
    )
    return _read(connection, statement, view)


def _read(connection: Connection, statement: Select[Any], view: type[View]) -> tuple[View, ...]:
    return tuple(view(**row) for row in connection.execute(statement).mappings())
