"""Commands of standing grants: a person's yes, in advance, to every intent of one class."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from deploy.authority import signer_of
from deploy.commands import options

if TYPE_CHECKING:
    from outbox.authority.standing import StandingGrant
    from outbox.store import Connection
    from schemas.authority.standing import Grant

THERE = click.Path(exists=True, dir_okay=False, path_type=Path)


class Class(TypedDict):
    """What is given: see `grant give --help`."""

    actor: str
    to: tuple[str, ...]
    sender: str
    sender_name: str
    subject: str | None
    text: Path | None
    html: Path | None
    attachments: int
    most: int | None
    currency: str | None
    uses: int
    since: dt.datetime | None
    until: dt.datetime
    tenant: str


@click.group()
def grant_command() -> None:
    """Standing grants: a person's yes, in advance, to every intent of one class."""


@grant_command.command("give")
@options.by
@click.option("--to", multiple=True, required=True, metavar="ADDRESS|@DOMAIN", help="To whom.")
@click.option("--sender", required=True, metavar="ADDRESS", help="From which address.")
@click.option("--sender-name", default="", help="The name beside it; without: none.")
@click.option("--subject", help="Exactly this one; without: any.")
@click.option("--text", type=THERE, metavar="FILE", help="Exactly this text; without: any.")
@click.option("--html", type=THERE, metavar="FILE", help="And exactly this HTML.")
@click.option("--attachments", type=click.IntRange(min=0), default=0, help="At most so many.")
@click.option("--most", type=click.IntRange(min=0), help="An amount, of no more than this.")
@click.option("--currency", metavar="EUR", help="In this currency, in its smallest unit.")
@click.option("--uses", type=click.IntRange(min=1), required=True, help="At most so often.")
@click.option("--from", "since", type=options.moment, help="Not before; without: now.")
@click.option(
    "--until", type=options.moment, required=True, help="Not later: 2030-01-31T09:00:00+0000."
)
@click.option("--tenant", default="default", show_default=True, help="Whose intents.")
@options.key
@options.dsn
@options.as_json
def give_command(
    key: str | None, dsn: str | None, as_json: bool, **given: Unpack[Class]
) -> None:
    """Approve, in advance, every mail that is exactly of this class.

    It leaves under your name, without another look; what it does not say is not covered.
    Nothing that is in review, or that a person has decided on, is approved so.
    """
    from deploy import granting

    signer = signer_of(options.settings(dsn=dsn, key_file=key))
    with options.database(dsn) as connection:
        said = _said(connection, given)
        id = granting.give(connection, said, signer)
    until = f"{said.expires_at:%Y-%m-%d %H:%M %Z}"
    told = (
        f"grant {id}, given by {said.giver}: {said.uses} uses until {until}\n"
        f"  take it back: holdshort grant revoke {id} --reason WHY --by '{said.giver}'"
    )
    values = {"id": id, "by": said.giver, "key": signer and signer.key.name}
    options.answer(values, told, as_json=as_json)


def _said(connection: Connection, given: Class) -> Grant:
    from deploy import granting
    from outbox.authority.documents import installation
    from schemas.authority.standing import Grant

    bodies = [
        granting.body(file.read_text(encoding="utf-8"))
        for file in (given["text"], given["html"])
        if file is not None
    ]
    return Grant(
        log=installation(connection),
        tenant=given["tenant"],
        giver=given["actor"],
        channel="email",
        sender=granting.sender(given["sender"]),
        sender_name=given["sender_name"],
        recipients=tuple(map(granting.recipient, given["to"])),
        subject=given["subject"],
        bodies=tuple(bodies) or None,
        attachments=given["attachments"],
        amount=granting.cap(given["most"], given["currency"]),
        uses=given["uses"],
        not_before=given["since"] or dt.datetime.now(dt.UTC),
        expires_at=given["until"],
    )


@grant_command.command("revoke")
@click.argument("id", type=click.IntRange(min=1), metavar="ID")
@options.reason
@options.by
@options.dsn
@options.as_json
def revoke_command(id: int, reason: str, actor: str, dsn: str | None, as_json: bool) -> None:
    """Take grant ID back; what was approved under it is in time until its permit."""
    from outbox.authority import standing

    with options.database(dsn) as connection:
        standing.revoke_grant(connection, id, actor=actor, reason=reason)
    said = f"grant {id} is revoked by {actor}: nothing leaves under it any more"
    options.answer({"id": id}, said, as_json=as_json)


@grant_command.command("list")
@options.dsn
@options.as_json
def list_command(dsn: str | None, as_json: bool) -> None:
    """List every grant and what it says, the newest first."""
    from outbox.authority import standing
    from schemas.receipts import reading

    with options.database(dsn) as connection:
        found = standing.grants(connection)
    values = [
        {**options.without_content(one), "says": reading.parsed(one.content)} for one in found
    ]
    said = "\n".join(map(_line, found)) or "no grant was given"
    options.answer(values, said, as_json=as_json)


def _line(one: StandingGrant) -> str:
    revoked = "" if one.revoked_by is None else f", revoked by {one.revoked_by}"
    return (
        f"{one.id:>6}  {one.giver}, {one.tenant}/{one.channel}: {one.used} of {one.uses} used,"
        f" until {one.expires_at:%Y-%m-%d %H:%M %Z}{revoked}"
    )
