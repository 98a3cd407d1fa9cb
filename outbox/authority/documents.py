"""Keep what people have signed, and find it again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from outbox.lifecycle import Role
from outbox.store import Connection, call, sql


class Kind(StrEnum):
    """What a document says: yes to some bytes or to a class of them, who may say so in
    whose place, whose a key is, what counts no longer, whose yes it takes."""

    APPROVAL = "approval"
    GRANT = "grant"
    DELEGATION = "delegation"
    ENROLMENT = "enrolment"
    REVOCATION = "revocation"
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Document:
    """Some bytes, and who says to have signed them."""

    kind: str
    content: bytes
    signature: bytes
    key: str
    about: str
    """The approver, the key, or what is revoked: to find it by, and not to be believed."""


@dataclass(frozen=True, slots=True)
class _Said(Document):
    intents: list[int]
    """Which of those asked about it speaks for or against."""


@dataclass(frozen=True, slots=True)
class Signed:
    """All that speaks for and against the approval of one intent."""

    log: str
    """The name of this installation."""
    tenant: str
    authors: frozenset[str]
    """The names and logins of those who have a hand in it, as the database says."""
    documents: tuple[Document, ...]


def keep(connection: Connection, approval: Document) -> int:
    """Keep an approval that is about to be used; give back its id."""
    [(id,)] = call(
        connection,
        "keep_document",
        content=approval.content,
        signature=approval.signature,
        key=approval.key,
        about=approval.about,
    )
    return int(id)


def declare(connection: Connection, document: Document, evidence: dict[str, str]) -> None:
    """Keep what a root has signed, with a receipt.

    Once a revocation has committed, no permit is given on what it takes back.
    """
    call(
        connection,
        "declare",
        kind=document.kind,
        content=document.content,
        signature=document.signature,
        key=document.key,
        about=document.about,
        role=Role.HUMAN,
        evidence=Jsonb(evidence),
    )


def signed(connection: Connection, intents: Sequence[int]) -> dict[int, Signed]:
    """What was signed for the approval of each of these."""
    named = {"ids": [*intents]}
    with connection.cursor(row_factory=class_row(_Said)) as cursor:
        said = cursor.execute(sql("signed"), named).fetchall()
    given = defaultdict[int, list[Document]](list)
    for one in said:
        for intent in one.intents:
            given[intent].append(one)
    asked = connection.execute(sql("asked"), named).fetchall()
    return {
        id: Signed(log, tenant, frozenset(authors), tuple(given[id]))
        for id, log, tenant, authors in asked
    }


def declared(connection: Connection) -> tuple[Document, ...]:
    """Everything that roots have signed, in its order."""
    with connection.cursor(row_factory=class_row(Document)) as cursor:
        return tuple(cursor.execute(sql("declared")).fetchall())


def installation(connection: Connection) -> str:
    """The name of this installation: that of its receipts log."""
    [(log,)] = connection.execute(sql("installation")).fetchall()
    return str(log)


def known(connection: Connection, named: str) -> Kind | None:
    """Whether this names an enrolled key or a signed approval, and which."""
    found = connection.execute(sql("known"), {"named": named}).fetchone()
    return Kind(found[0]) if found else None
