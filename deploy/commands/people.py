"""Commands about who may sign in to the console: account, session, signin."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from deploy.commands import options

if TYPE_CHECKING:
    from outbox.people.accounts import Account

name = click.argument("name", metavar="NAME")
password_file = click.option(
    "--password-file",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    metavar="FILE",
    help="Read the password from there, - is stdin; without: asked for.",
)


@click.group()
def account_command() -> None:
    """Who may sign in to the console with a password, and who may not sign in at all."""


@account_command.command("add")
@name
@password_file
@options.by
@options.dsn
@options.as_json
def add_account(
    name: str, password_file: Path | None, actor: str, dsn: str | None, as_json: bool
) -> None:
    """Let NAME sign in with a password."""
    from outbox.people import accounts

    hash = _hashed(password_file)
    with options.database(dsn) as connection:
        accounts.add(connection, name, hash=hash, actor=actor)
    options.answer({"name": name}, f"{name} may sign in with a password", as_json=as_json)


@account_command.command("password")
@name
@password_file
@options.by
@options.dsn
@options.as_json
def set_password(
    name: str, password_file: Path | None, actor: str, dsn: str | None, as_json: bool
) -> None:
    """Give NAME another password; who got in with the old one is out."""
    from outbox.people import accounts

    hash = _hashed(password_file)
    with options.database(dsn) as connection:
        accounts.set_password(connection, name, hash=hash, actor=actor)
    options.answer({"name": name}, f"{name} has another password", as_json=as_json)


@account_command.command("disable")
@name
@options.by
@options.dsn
@options.as_json
def disable_account(name: str, actor: str, dsn: str | None, as_json: bool) -> None:
    """Let NAME in no longer, by no way, and end their sessions.

    Also whoever signs in elsewhere, at a provider or a proxy.  `add` lets them in again.
    """
    from outbox.people import accounts

    with options.database(dsn) as connection:
        accounts.disable(connection, name, actor=actor)
    options.answer({"name": name}, f"{name} is let in no longer", as_json=as_json)


@account_command.command("list")
@options.dsn
@options.as_json
def list_accounts(dsn: str | None, as_json: bool) -> None:
    """List every account, the disabled ones too."""
    from outbox import queries
    from outbox.people import accounts

    with queries.reader(options.settings(dsn=dsn).database()).connect() as connection:
        found = accounts.accounts(connection)
    said = "\n".join(map(_line, found)) or "nobody has an account"
    options.answer(found, said, as_json=as_json)


@click.group()
def session_command() -> None:
    """Who is signed in to the console."""


@session_command.command("list")
@options.dsn
@options.as_json
def list_sessions(dsn: str | None, as_json: bool) -> None:
    """List every session that stands, the last one seen first."""
    from outbox import queries
    from outbox.people import sessions

    with queries.reader(options.settings(dsn=dsn).database()).connect() as connection:
        found = sessions.sessions(connection)
    lines = [
        f"{one.id:>6}  {one.person}, {one.agent}, by {one.way} at"
        f" {one.began_at:%Y-%m-%d %H:%M %Z}, until {one.expires_at:%Y-%m-%d %H:%M %Z}"
        for one in found
    ]
    options.answer(found, "\n".join(lines) or "nobody is signed in", as_json=as_json)


@session_command.command("revoke")
@click.argument("id", type=click.IntRange(1, 2**63 - 1), metavar="ID", required=False)
@click.option("--person", metavar="NAME", help="All of NAME's instead of one.")
@options.by
@options.dsn
@options.as_json
def revoke_session(
    id: int | None, person: str | None, actor: str, dsn: str | None, as_json: bool
) -> None:
    """End session ID at once, or all of a person's."""
    from outbox.errors import NotFound
    from outbox.people import sessions

    if (id is None) == (person is None):
        raise click.UsageError("name a session by its ID, or a person by --person")
    with options.database(dsn) as connection:
        ended = sessions.end(connection, actor=actor, id=id, person=person)
    if not ended:
        raise NotFound("there is no such session", hint="see them: holdshort session list")
    options.answer({"ended": ended}, f"{ended} ended", as_json=as_json)


@click.command()
@name
@click.option(
    "--for",
    "good_for",
    type=options.Time(),
    default="10m",
    show_default=True,
    help="How long it is good, an hour at most.",
)
@options.by
@options.dsn
@options.as_json
def signin_command(
    name: str, good_for: dt.timedelta, actor: str, dsn: str | None, as_json: bool
) -> None:
    """Print a link that signs NAME in to the console, once."""
    from consumers.console.signin.link import link
    from consumers.console.signin.ways import origin_of

    origin = origin_of(options.settings(dsn=dsn))
    with options.database(dsn) as connection:
        url = link(connection, origin, name, actor=actor, good_for=good_for)
    options.answer({"name": name, "url": url}, url, as_json=as_json)


def _hashed(file: Path | None) -> str:
    from consumers.console.signin.passwords import hashed

    if file is None:
        given = str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    else:
        given = options.read(file).decode().rstrip("\r\n")
    return hashed(given)


def _line(one: Account) -> str:
    if one.disabled_at is None:
        return f"{one.name}, since {one.made_at:%Y-%m-%d} by {one.made_by}"
    return f"{one.name}, disabled {one.disabled_at:%Y-%m-%d} by {one.disabled_by}"
