"""Sessions: who is signed in, how, and until when.

A session is what the hash of a browser's secret finds.  It is live until it was not used for
its idle time, until its end, until it is revoked or its person is disabled.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from psycopg.rows import class_row
from sqlalchemy import Connection as Reading
from sqlalchemy import func, select

from outbox.errors import BadSettings
from outbox.people import digest_of, tables
from outbox.store import Connection, call, calling, refusals

NEVER = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
"""When a person proved who they are, where nobody can tell: long ago."""


class Way(StrEnum):
    """How somebody signed in."""

    ONCE = "once"
    PASSWORD = "password"
    OIDC = "oidc"
    PROXY = "proxy"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What a session begins with."""

    person: str
    way: Way
    agent: str
    """The browser, in a few words."""
    idle: dt.timedelta
    lasts: dt.timedelta
    fresh_at: dt.datetime
    """When the person proved who they are; not later than now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """A session that lets somebody in."""

    id: int
    person: str
    way: Way
    fresh_at: dt.datetime
    stale: bool
    """Whether it should be seen again, so that it does not end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """What a person sees of a session."""

    id: int
    person: str
    way: Way
    agent: str
    began_at: dt.datetime
    seen_at: dt.datetime
    expires_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One try of a password; no person or hash where there is no such account."""

    number: int
    person: str | None
    hash: str | None


def open_session(
    connection: Connection,
    secret: str,
    opening: Opening,
    *,
    replaces: str = "",
    passed: int | None = None,
) -> int | None:
    """Sign somebody in, in place of the session whose secret is `replaces`.

    Gives back its id, or None if they are let in by no way.  `passed` is the try whose
    password was right.
    """
    given = {name: getattr(opening, name) for name in Opening.__slots__}
    hash, old = digest_of(secret), digest_of(replaces) if replaces else None
    with refusals():
        rows = call(
            connection, "open_session", hash=hash, replaces=old, passed=passed, **given
        ).fetchall()
    [(id,)] = rows
    return None if id is None else int(id)


def live(connection: Reading, secret: str) -> Live | None:
    """Whose session this is, if it lets them in; the connection may be one that only reads."""
    names = ("id", "person", "way", "fresh_at", "stale")
    found = func.outbox.session_of(digest_of(secret)).table_valued(*names)
    row = connection.execute(select(found)).mappings().one_or_none()
    return None if row is None else Live(**{**row, "way": Way(row["way"])})


def seen(connection: Connection, id: int, *, fresh: bool) -> bool:
    """Note that a live session was used; `fresh`: that its person proved who they are."""
    [(done,)] = call(connection, "see_session", id=id, fresh=fresh).fetchall()
    return bool(done)


def sessions(connection: Reading, *, person: str | None = None) -> tuple[Session, ...]:
    """Every session that stands, or those of one person, the last one seen first."""
    table = tables.session
    lives = (
        table.c.revoked_at.is_(None),
        table.c.expires_at > func.now(),
        table.c.seen_at + table.c.idle > func.now(),
    )
    wanted = select(*(table.c[name] for name in Session.__slots__)).where(*lives)
    if person is not None:
        wanted = wanted.where(table.c.person == person)
    rows = connection.execute(wanted.order_by(table.c.seen_at.desc(), table.c.id.desc()))
    return tuple(Session(**{**row, "way": Way(row["way"])}) for row in rows.mappings())


def end(
    connection: Connection,
    *,
    actor: str,
    id: int | None = None,
    person: str | None = None,
    but: int | None = None,
) -> int:
    """End one session, or those of a person, or those but one; gives back how many."""
    if not actor.strip():
        raise BadSettings("a session says who ended it", hint="add --by NAME")
    ended = call(connection, "end_sessions", actor=actor, id=id, person=person, but=but)
    return len(ended.fetchall())


def try_password(connection: Connection, name: str, address: str) -> Try | None:
    """Begin a try; None if too many were wrong, of this name or from this address."""
    asked = calling("try_password", "name", "address", told="try AS number, person, hash")
    with connection.cursor(row_factory=class_row(Try)) as cursor:
        return cursor.execute(asked, {"name": name, "address": address}).fetchone()


def use_ticket(connection: Connection, token: str) -> str | None:
    """Whom this token signs in, once."""
    row = call(connection, "use_ticket", hash=digest_of(token)).fetchone()
    return None if row is None else str(row[0])


def begin_oidc(connection: Connection, secret: str, next: str) -> None:
    """Remember who leaves for the provider: what state and browser say together."""
    call(connection, "begin_oidc", hash=digest_of(secret), next=next)


def end_oidc(connection: Connection, secret: str) -> str | None:
    """Where who has come back wanted to go, once."""
    row = call(connection, "end_oidc", hash=digest_of(secret)).fetchone()
    return None if row is None else str(row[0])
