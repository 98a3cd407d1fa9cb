"""Commands of a person: reject, send back, revoke, resolve."""

from __future__ import annotations

from typing import TypedDict, Unpack

import click

from deploy.commands import options
from outbox.desk import Desk
from outbox.lifecycle import State
from outbox.reasons import Because


class Why(TypedDict):
    """What is wrong, in a known word and in one's own."""

    because: Because
    reason: str


class No(Why):
    """The same of what was read, if that is said."""

    digest: str | None


OUTCOMES = {"sent": State.SENT, "not-sent": State.IN_REVIEW, "given-up": State.REJECTED}


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
    options.answer({"id": id}, f"intent {id} is rejected by {actor}", as_json=as_json)


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
    said = f"intent {id} is sent back to its agent by {actor}"
    options.answer({"id": id}, said, as_json=as_json)


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
