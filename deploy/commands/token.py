"""Commands of an operator: make, list and revoke tokens."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from deploy.commands import options

if TYPE_CHECKING:
    from outbox.tokens import Token


@click.group()
def token_command() -> None:
    """What programs show over HTTP: an agent to propose, a person's own to read and decide."""


@token_command.command("create")
@click.argument("kind", type=click.Choice(["agent", "person"]))
@click.argument("name")
@click.option("--tenant", help="For whom the agent proposes; `default` if you do not say.")
@click.option(
    "--for",
    "valid_for",
    type=options.Time(),
    default="90d",
    show_default=True,
    help="How long.",
)
@options.by
@options.dsn
@options.as_json
def create_token(
    kind: str,
    name: str,
    tenant: str | None,
    valid_for: dt.timedelta,
    actor: str,
    dsn: str | None,
    as_json: bool,
) -> None:
    """Make a token for NAME, an agent or a person, and print it: once, and never again."""
    from outbox import tokens

    if kind == tokens.Kind.AGENT and tenant is None:
        tenant = "default"
    with options.database(dsn) as connection:
        made = tokens.make(
            connection,
            tokens.Kind(kind),
            name,
            tenant=tenant,
            valid_for=valid_for,
            actor=actor,
        )
    said = f"token {made.id} of {kind} {name}, made by {actor}; keep it now, it is not shown"
    options.answer(made, f"{said} again:\n{made.token}", as_json=as_json)


@token_command.command("list")
@options.dsn
@options.as_json
def list_tokens(dsn: str | None, as_json: bool) -> None:
    """List every token, the newest first, without what lets in."""
    from outbox import tokens

    with options.database(dsn) as connection:
        found = tokens.tokens(connection)
    said = "\n".join(map(_line, found)) or "no token was made"
    options.answer(found, said, as_json=as_json)


@token_command.command("revoke")
@click.argument("id", type=click.IntRange(min=1), metavar="ID")
@options.by
@options.dsn
@options.as_json
def revoke_token(id: int, actor: str, dsn: str | None, as_json: bool) -> None:
    """Let nobody in with the token with this ID any more."""
    from outbox import tokens

    with options.database(dsn) as connection:
        tokens.revoke(connection, id, actor=actor)
    options.answer({"id": id}, f"token {id} is revoked by {actor}", as_json=as_json)


def _line(one: Token) -> str:
    of = f"{one.kind} {one.name}" + (f" for {one.tenant}" if one.tenant else "")
    ends = f"until {one.expires_at:%Y-%m-%d}"
    if one.revoked_by is not None:
        ends = f"revoked by {one.revoked_by}"
    used = "never used" if one.used_at is None else f"last used {one.used_at:%Y-%m-%d %H:%M}"
    return f"{one.id:>6}  {of}, {ends}, made by {one.made_by}, {used}"
