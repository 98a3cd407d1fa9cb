"""What a person's device is asked, kept until it answers; and the passkeys that people made."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from psycopg.rows import class_row

from outbox.errors import Conflict
from outbox.store import Connection, call, refusals, sql

LIFE = dt.timedelta(minutes=5)
"""How long a device may take to answer."""


class Purpose(StrEnum):
    """What an answer would be: a new passkey, or one's signature of a document."""

    PASSKEY = "passkey"
    APPROVAL = "approval"
    GRANT = "grant"
    DELEGATION = "delegation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """Who is asked, in which session, and what for: the answer must be of the same."""

    session: int
    person: str
    purpose: Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A passkey that a person has made; no signature counts by it alone."""

    name: str
    content: bytes
    """The file that a root is given."""
    made_at: dt.datetime


def ask(connection: Connection, asking: Asking, challenge: bytes, content: bytes) -> None:
    """Keep what the answer to this challenge of 32 bytes will be about."""
    with refusals():
        call(
            connection,
            "ask_device",
            challenge=challenge,
            content=content,
            valid_for=LIFE,
            **_named(asking),
        )


def take(connection: Connection, asking: Asking, challenge: bytes) -> bytes:
    """What was asked with this challenge; nobody can answer it a second time.

    Raises `Conflict` if it was answered, is too old, or was never asked of them, so.
    """
    found = call(connection, "take_challenge", challenge=challenge, **_named(asking))
    row = found.fetchone()
    if row is None:
        raise Conflict(
            "this was answered already, or was not asked of you within the last"
            f" {LIFE // dt.timedelta(minutes=1)} minutes",
            hint="begin again on the page",
        )
    return bytes(row[0])


def add(connection: Connection, name: str, person: str, content: bytes) -> None:
    """Keep a passkey.  Raises `Conflict` if it is kept already."""
    with refusals():
        call(connection, "add_passkey", name=name, person=person, content=content)


def made_by(connection: Connection, person: str) -> list[Made]:
    """Those of this person, the oldest first."""
    with connection.cursor(row_factory=class_row(Made)) as cursor:
        return cursor.execute(sql("passkeys_of"), {"person": person}).fetchall()


def _named(asking: Asking) -> dict[str, object]:
    return {
        "session": asking.session,
        "person": asking.person,
        "purpose": asking.purpose,
    }
