"""The read side of the receipts log: what a bundle is made of.

Every function takes a connection of a `queries.reader`, which sees one moment.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, or_, select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on

from outbox import tables
from outbox.authority.documents import Document
from outbox.authority.tables import delegation, document, endorsement
from outbox.receiptlog import Place

_LEAF = tables.leaf.c
_SAID = document.c
_DOCUMENT = (_SAID.kind, _SAID.content, _SAID.signature, _SAID.key, _SAID.about)


@dataclass(frozen=True, slots=True)
class Logged:
    """A receipt in the log."""

    index: int
    statement: bytes
    signature: bytes
    key: str
    """The name of the key that signed it."""


def checkpoint(connection: Connection) -> str:
    """The newest checkpoint; empty if nothing was attested yet."""
    newest = tables.checkpoint.c
    statement = select(newest.note).order_by(newest.size.desc()).limit(1)
    return connection.scalar(statement) or ""


def logged(connection: Connection, size: int, *, intent: int | None = None) -> list[Logged]:
    """The receipts of this intent, or of all, in the log of this size, in its order."""
    statement = (
        select(_LEAF.index, _LEAF.statement, _LEAF.signature, _LEAF.key)
        .where(_LEAF.index < size)
        .order_by(_LEAF.index)
    )
    if intent is not None:
        statement = statement.where(_LEAF.chain == intent)
    return [Logged(*row) for row in connection.execute(statement)]


def documents(connection: Connection, *, intent: int | None = None) -> list[Document]:
    """What people signed that speaks for this intent; of all, what roots signed, too."""
    used = select(endorsement.c.document_id)
    held = select(delegation.c.document_id).join(
        endorsement, endorsement.c.delegation_id == delegation.c.id
    )
    if intent is not None:
        used, held = (one.where(endorsement.c.intent_id == intent) for one in (used, held))
    wanted: list[ColumnElement[bool]] = [_SAID.id.in_(used), _SAID.id.in_(held)]
    if intent is None:
        wanted.append(_SAID.kind != "approval")
    statement = select(*_DOCUMENT).where(or_(*wanted)).order_by(_SAID.id)
    return [Document(*row) for row in connection.execute(statement)]


def declared(
    connection: Connection, size: int, about: Collection[str]
) -> list[tuple[Logged, Document]]:
    """What roots have signed of these keys and approvals, each with its receipt in the log."""
    receipt = tables.receipt.c
    statement = (
        select(_LEAF.index, _LEAF.statement, _LEAF.signature, _LEAF.key, *_DOCUMENT)
        .join_from(tables.leaf, tables.receipt, receipt.id == _LEAF.receipt_id)
        .join(
            document,
            (_SAID.digest == receipt.evidence["document"].astext)
            & (_SAID.key == receipt.actor)
            & (_SAID.kind == receipt.kind),
        )
        .where(_LEAF.chain == 0, _LEAF.index < size, _SAID.about.in_(about))
        .order_by(_LEAF.index)
        .ext(distinct_on(_LEAF.index))
    )
    rows = connection.execute(statement)
    return [(Logged(*row[:4]), Document(*row[4:])) for row in rows]


def nodes(connection: Connection, places: Sequence[Place]) -> dict[Place, bytes]:
    """The hashes of these complete subtrees."""
    node = tables.node.c
    statement = select(node.level, node.index, node.hash).where(
        tuple_(node.level, node.index).in_(places)
    )
    return {(level, index): hash for level, index, hash in connection.execute(statement)}


def unattested(connection: Connection, *, intent: int | None = None) -> int:
    """How many receipts no checkpoint covers yet, of this intent or of all."""
    queued = select(func.count()).select_from(tables.unattested)
    covered = select(func.coalesce(func.max(tables.checkpoint.c.size), 0)).scalar_subquery()
    uncovered = select(func.count()).where(_LEAF.index >= covered)
    if intent is not None:
        receipt = tables.receipt.c
        named = receipt.id == tables.unattested.c.receipt_id
        queued = queued.join(tables.receipt, named).where(receipt.intent_id == intent)
        uncovered = uncovered.where(_LEAF.chain == intent)
    return sum(connection.scalar(counted) or 0 for counted in (queued, uncovered))
