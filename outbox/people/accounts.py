"""Accounts: who may sign in with a password, and who may not sign in at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection as Reading
from sqlalchemy import select

from outbox.errors import BadSettings, NotFound
from outbox.people import digest_of, tables
from outbox.store import Connection, call, refusals


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Who may sign in with a password, who said so, and who has ended that."""

    id: int
    name: str
    made_by: str
    made_at: dt.datetime
    disabled_by: str | None
    disabled_at: dt.datetime | None


def add(connection: Connection, name: str, *, hash: str, actor: str) -> None:
    """Let a person sign in with the password whose argon2id hash this is.

    Raises `Conflict` if they have an account that stands, however it is spelled.
    """
    _named(name, actor)
    with refusals():
        call(connection, "add_account", name=name, hash=hash, actor=actor)


def set_password(connection: Connection, name: str, *, hash: str, actor: str) -> None:
    """Give them another password; who got in with the old one is out.  Raises `NotFound`."""
    _named(name, actor)
    with refusals():
        [(there,)] = call(connection, "set_password", name=name, hash=hash, actor=actor)
    if not there:
        raise NotFound(f"{name} has no account", hint="see them: holdshort account list")


def disable(connection: Connection, name: str, *, actor: str) -> None:
    """Let a person in by no way from now on, and end their sessions.  Raises `NotFound`."""
    _named(name, actor)
    with refusals():
        [(there,)] = call(connection, "disable_account", name=name, actor=actor)
    if not there:
        raise NotFound(
            f"{name} has no account, and was never signed in",
            hint="see them: holdshort account list; holdshort session list",
        )


def give_ticket(
    connection: Connection, token: str, person: str, *, good_for: dt.timedelta, actor: str
) -> None:
    """Let whoever shows this random token first sign in as `person`, within an hour."""
    _named(person, actor)
    hash = digest_of(token)
    with refusals():
        call(
            connection, "give_ticket", hash=hash, person=person, good_for=good_for, actor=actor
        )


def accounts(connection: Reading) -> tuple[Account, ...]:
    """Every account, the disabled ones too, by name."""
    table = tables.account
    rows = connection.execute(select(table).order_by(table.c.name, table.c.id))
    return tuple(Account(**row) for row in rows.mappings())


def _named(name: str, actor: str) -> None:
    if not name.strip() or not name.isprintable():
        raise BadSettings("a person's name is of characters that one can see")
    if not actor.strip():
        raise BadSettings("an account says who changed it", hint="add --by NAME")
