"""Commands of a person: reject, send back, defer, take up, revoke, resolve."""

from __future__ import annotations

import datetime as dt
from typing import TypedDict, Unpack

import click

from deploy.commands import options
from deploy.commands.unmasking import told
from outbox.attention.decoys import flaws
from outbox.deciding import OUTCOMES
from outbox.desk import Desk
from outbox.reasons import Because


class Why(TypedDict):
    """What is wrong, in a known word and in one's own."""

    because: Because
    reason: str


class No(Why):
    """The same of what was read, if that is said."""

    digest: str | None


class About(TypedDict):
    """What was read, and why it is put aside."""

    digest: str
    reason: str


@click.command()
@options.intent_id
@options.maybe_digest
@options.because
@options.reason
@options.by
@options.dsn
@options.as_json
def reject_command(
    id: int, actor: str, dsn: str | None, as_json: bool, **no: Unpack[No]
) -> None:
    """Say no to intent ID, for good."""
    with options.database(dsn) as connection:
        Desk(connection, actor=actor).reject(id, **no)
        wrong = flaws(connection, [id]).get(id)
    said = told(f"intent {id} is rejected by {actor}", id, wrong)
    options.answer({"id": id, "decoy": wrong}, said, as_json=as_json)


@click.command()
@options.intent_id
@options.digest
@options.because
@options.reason
@options.by
@options.dsn
@options.as_json
def send_back_command(
    id: int, digest: str, actor: str, dsn: str | None, as_json: bool, **why: Unpack[Why]
) -> None:
    """Ask the agent of intent ID for another version; the reason is for it to read.

    Nobody can approve it before that is there.
    """
    with options.database(dsn) as connection:
        Desk(connection, actor=actor).send_back(id, digest=digest, **why)
        wrong = flaws(connection, [id]).get(id)
    said = told(f"intent {id} is sent back to its agent by {actor}", id, wrong)
    options.answer({"id": id, "decoy": wrong}, said, as_json=as_json)


@click.command()
@options.intent_id
@options.digest
@click.option("--until", type=options.moment, help="2030-01-31T09:00:00+0000.")
@click.option("--for", "span", type=options.Time(), help="So long: 90m, 4h, 3d.")
@click.option("--reason", default="", help="Why, for the receipt.")
@options.by
@options.dsn
@options.as_json
def defer_command(
    id: int,
    until: dt.datetime | None,
    span: dt.timedelta | None,
    actor: str,
    dsn: str | None,
    as_json: bool,
    **about: Unpack[About],
) -> None:
    """Put intent ID, which waits for a person, out of sight for a time, 31 days at most.

    It stays as it is.  Nobody is reminded of it until then, but it is escalated in time.
    """
    if (until is None) == (span is None):
        raise click.UsageError("say --until MOMENT or --for SPAN")
    back = until or dt.datetime.now(dt.UTC) + (span or dt.timedelta())
    with options.database(dsn) as connection:
        Desk(connection, actor=actor).defer(id, until=back, **about)
    said = f"intent {id} is deferred by {actor} until {back:%Y-%m-%d %H:%M %Z}"
    options.answer({"id": id, "until": back}, said, as_json=as_json)


@click.command()
@options.intent_id
@options.by
@options.dsn
@options.as_json
def take_up_command(id: int, actor: str, dsn: str | None, as_json: bool) -> None:
    """Bring intent ID back into sight, whoever has deferred it."""
    with options.database(dsn) as connection:
        Desk(connection, actor=actor).take_up(id)
    options.answer({"id": id}, f"intent {id} is taken up by {actor}", as_json=as_json)


@click.command()
@options.intent_id
@options.reason
@options.by
@options.dsn
@options.as_json
def revoke_command(id: int, reason: str, actor: str, dsn: str | None, as_json: bool) -> None:
    """Take the approval of intent ID back; in time until the moment of its permit."""
    with options.database(dsn) as connection:
        Desk(connection, actor=actor).revoke(id, reason=reason)
    said = f"the approval of intent {id} is revoked by {actor}"
    options.answer({"id": id}, said, as_json=as_json)


@click.command()
@options.intent_id
@click.option("--as", "outcome", required=True, type=click.Choice(list(OUTCOMES)))
@options.reason
@options.by
@click.option(
    "--override-by", "second", default="", metavar="NAME", help="Who else vouches for it."
)
@options.dsn
@options.as_json
def resolve_command(
    id: int, outcome: str, reason: str, actor: str, second: str, dsn: str | None, as_json: bool
) -> None:
    """Say what became of stranded intent ID, with what you saw as the reason.

    `not-sent` is refused as long as the old bytes may still arrive, unless a second person
    overrides that.  It needs a new approval afterwards.
    """
    with options.database(dsn) as connection:
        desk = Desk(connection, actor=actor)
        desk.resolve(id, OUTCOMES[outcome], reason=reason, second=second)
    said = f"intent {id} is resolved by {actor}: {outcome}"
    options.answer({"id": id, "as": outcome}, said, as_json=as_json)
