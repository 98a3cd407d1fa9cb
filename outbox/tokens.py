"""Tokens: what a program shows over HTTP in place of a login of the database.

An agent's token lets it propose under one name for one tenant, and nothing else; a person's
lets their own programs do what that person may.  A token is 256 random bits, is shown once
and is kept as its SHA-256; it expires, and a named operator makes and revokes it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from enum import StrEnum

from psycopg.rows import class_row
from sqlalchemy import BigInteger, Column, LargeBinary, Table, Text

from outbox.errors import BadSettings, NotAllowed, NotFound
from outbox.store import Connection, call, calling, refusals
from outbox.tables import MOMENT, always, metadata

LONGEST = dt.timedelta(days=366)
"""How long a token may be good for; the database takes no longer one."""

_BYTES = 32

TOKEN = Table(
    "token",
    metadata,
    always("id", BigInteger),
    always("hash", LargeBinary),
    *(always(name, Text) for name in ("kind", "name", "made_by")),
    Column("tenant", Text),
    *(always(name, MOMENT) for name in ("made_at", "expires_at")),
    Column("revoked_at", MOMENT),
    Column("revoked_by", Text),
)
USE = Table("token_use", metadata, always("token_id", BigInteger), always("used_at", MOMENT))


class TokenUnknown(NotAllowed):
    """There is no token that lets in."""

    hint = "ask an operator for one: holdshort token create --help"


class Kind(StrEnum):
    """Whose it is."""

    AGENT = "agent"
    PERSON = "person"

    @property
    def prefix(self) -> str:
        """How such tokens begin: one that leaked is found, and none is taken for the other."""
        return f"holdshort_{self}_"


@dataclass(frozen=True, slots=True)
class Made:
    """A new token; nobody ever learns it again."""

    id: int
    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """The record of a token, without anything that lets in."""

    id: int
    kind: str
    name: str
    """Of the agent as which it proposes, or of the person."""
    tenant: str | None
    """For which an agent proposes; None for a person."""
    made_by: str
    made_at: dt.datetime
    expires_at: dt.datetime
    revoked_at: dt.datetime | None
    revoked_by: str | None
    used_at: dt.datetime | None
    """When it was last shown, give or take an hour."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """A person whose program has shown their token."""

    id: int
    """Of the token."""
    person: str
    made_at: dt.datetime


def make(
    connection: Connection,
    kind: Kind,
    name: str,
    *,
    tenant: str | None,
    valid_for: dt.timedelta,
    actor: str,
) -> Made:
    """Make a token.  Raises `BadSettings`."""
    token = kind.prefix + secrets.token_urlsafe(_BYTES)
    named = {"kind": kind, "name": name, "tenant": tenant, "valid_for": valid_for}
    with refusals():
        [(id,)] = call(connection, "make_token", hash=hash_of(token), actor=actor, **named)
    return Made(int(id), token)


def revoke(connection: Connection, id: int, *, actor: str) -> None:
    """Let nobody in with it any more.  Raises `NotFound` if it lets nobody in already."""
    if not actor.strip():
        raise BadSettings("a revocation names who revokes", hint="add --by NAME")
    if not call(connection, "revoke_token", id=id, actor=actor).fetchall():
        raise NotFound(
            f"there is no token {id} that stands",
            hint="see which there are: holdshort token list",
        )


def tokens(connection: Connection) -> tuple[Token, ...]:
    """Every token, the newest first."""
    with connection.cursor(row_factory=class_row(Token)) as cursor:
        return tuple(cursor.execute(calling("tokens")).fetchall())


def person(connection: Connection, token: str) -> Admitted | None:
    """Whose token this is; None if it is no person's, or not in force."""
    found = call(connection, "admit_person", token=hash_of(token)).fetchone()
    return None if found is None else Admitted(*found)


def hash_of(token: str) -> bytes:
    """What is kept of it.  A quick one will do: nobody guesses 256 bits."""
    return hashlib.sha256(token.encode()).digest()
