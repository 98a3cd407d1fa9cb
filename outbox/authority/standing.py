"""What people give in advance, as the database keeps it: grants and delegations.

What they say is in `content`, in the one spelling of `schemas.authority.standing`; the rest
is read off it by the database, to find them by.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from psycopg.rows import class_row

from outbox.authority.documents import Document
from outbox.errors import BadSettings, NotFound
from outbox.store import Connection, call, refusals, sql


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a grant and a delegation have in common: their dates, and who revoked them."""

    id: int
    not_before: dt.datetime
    expires_at: dt.datetime
    document: str
    """The SHA-256, in hex, of what it says."""
    signed: bool
    given_at: dt.datetime
    revoked_at: dt.datetime | None
    revoked_by: str | None
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingGrant(Standing):
    """A person's leave for a class of intents."""

    tenant: str
    giver: str
    channel: str
    uses: int
    used: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegated(Standing):
    """One person may approve in another's place."""

    delegator: str
    delegate: str


def give(connection: Connection, content: bytes, signed: Document | None) -> int:
    """Keep a grant; give back its id.  Raises `Conflict` if it was given already."""
    return _keep(connection, "give_grant", content, signed)


def delegate(connection: Connection, content: bytes, signed: Document | None) -> int:
    """Keep a delegation; give back its id.  Raises `Conflict` if it was given already."""
    return _keep(connection, "delegate", content, signed)


def revoke_grant(connection: Connection, id: int, *, actor: str, reason: str) -> None:
    """Let a grant count no longer: once this has committed, no permit is given under it.

    Raises `NotFound` if there is none that stands.
    """
    _revoke(connection, "grant", id, actor, reason)


def revoke_delegation(connection: Connection, id: int, *, actor: str, reason: str) -> None:
    """The same of a delegation."""
    _revoke(connection, "delegation", id, actor, reason)


def grants(connection: Connection) -> list[StandingGrant]:
    """All of them, the newest first."""
    with connection.cursor(row_factory=class_row(StandingGrant)) as cursor:
        return cursor.execute(sql("grants")).fetchall()


def delegations(connection: Connection) -> list[Delegated]:
    """All of them, the newest first."""
    with connection.cursor(row_factory=class_row(Delegated)) as cursor:
        return cursor.execute(sql("delegations")).fetchall()


def in_place_of(connection: Connection, delegator: str, delegate: str) -> int:
    """The delegation under which this person may approve in that one's place now.

    Raises `NotFound`.
    """
    named = {"delegator": delegator, "delegate": delegate}
    found = connection.execute(sql("in_place_of"), named).fetchone()
    if found is None:
        raise NotFound(
            f"{delegate} may not approve for {delegator} now",
            hint="see who may: holdshort delegate list",
        )
    return int(found[0])


def _keep(
    connection: Connection, function: str, content: bytes, signed: Document | None
) -> int:
    named = {} if signed is None else {"signature": signed.signature, "key": signed.key}
    with refusals():
        [(id,)] = call(connection, function, content=content, **named)
    return int(id)


def _revoke(connection: Connection, what: str, id: int, actor: str, reason: str) -> None:
    if not actor.strip():
        raise BadSettings("a decision names who took it", hint="add --by NAME")
    named = {"id": id, "actor": actor, "reason": reason}
    if not call(connection, f"revoke_{what}", **named).fetchall():
        command = {"grant": "grant", "delegation": "delegate"}[what]
        raise NotFound(
            f"there is no {what} {id} that stands",
            hint=f"see which there are: holdshort {command} list",
        )
