"""Commands of delegations: one person approves in another's place, for a time."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from deploy.authority import signer_of
from deploy.commands import options

if TYPE_CHECKING:
    from outbox.authority.standing import Delegated


@click.group()
def delegate_command() -> None:
    """Delegations: another person approves in your place, for a time."""


@delegate_command.command("to")
@click.argument("delegate", metavar="NAME")
@options.by
@click.option("--from", "since", type=options.moment, help="Not before; without: now.")
@click.option(
    "--until", type=options.moment, required=True, help="Not later: 2030-01-31T09:00:00+0000."
)
@options.key
@options.dsn
@options.as_json
def to_command(
    delegate: str,
    actor: str,
    since: dt.datetime | None,
    until: dt.datetime,
    key: str | None,
    dsn: str | None,
    as_json: bool,
) -> None:
    """Let NAME approve in your place.  They cannot pass it on."""
    from deploy import granting
    from outbox.authority.documents import installation
    from schemas.authority.standing import Delegation

    signer = signer_of(options.settings(dsn=dsn, key_file=key))
    with options.database(dsn) as connection:
        said = Delegation(
            log=installation(connection),
            delegator=actor,
            delegate=delegate,
            not_before=since or dt.datetime.now(dt.UTC),
            expires_at=until,
        )
        id = granting.delegate(connection, said, signer)
    told = (
        f"delegation {id}: {delegate} may approve for {actor} until {until:%Y-%m-%d %H:%M %Z}\n"
        f"  next: holdshort approve ID --digest DIGEST --by '{delegate}' --for '{actor}'"
    )
    values = {"id": id, "by": actor, "to": delegate, "key": signer and signer.key.name}
    options.answer(values, told, as_json=as_json)


@delegate_command.command("revoke")
@click.argument("id", type=click.IntRange(min=1), metavar="ID")
@options.reason
@options.by
@options.dsn
@options.as_json
def revoke_command(id: int, reason: str, actor: str, dsn: str | None, as_json: bool) -> None:
    """Take delegation ID back; what was approved under it is in time until its permit."""
    from outbox.authority import standing

    with options.database(dsn) as connection:
        standing.revoke_delegation(connection, id, actor=actor, reason=reason)
    said = f"delegation {id} is revoked by {actor}"
    options.answer({"id": id}, said, as_json=as_json)


@delegate_command.command("list")
@options.dsn
@options.as_json
def list_command(dsn: str | None, as_json: bool) -> None:
    """List every delegation, the newest first."""
    from outbox.authority import standing

    with options.database(dsn) as connection:
        found = standing.delegations(connection)
    said = "\n".join(map(_line, found)) or "nobody has delegated"
    values = [options.without_content(one) for one in found]
    options.answer(values, said, as_json=as_json)


def _line(one: Delegated) -> str:
    revoked = "" if one.revoked_by is None else f", revoked by {one.revoked_by}"
    since, until = f"{one.not_before:%Y-%m-%d %H:%M %Z}", f"{one.expires_at:%Y-%m-%d %H:%M %Z}"
    return f"{one.id:>6}  {one.delegate} for {one.delegator}, {since} to {until}{revoked}"
