"""Commands of a person: approve, reject, revoke, resolve."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from deploy.authority import signer_of
from deploy.commands import options
from outbox.authority import standing
from outbox.desk import Desk
from outbox.lifecycle import State

if TYPE_CHECKING:
    from outbox.authority.documents import Document
    from outbox.settings import Settings
    from outbox.store import Connection
    from schemas.receipts.keys import Signer

OUTCOMES = {"sent": State.SENT, "not-sent": State.IN_REVIEW, "given-up": State.REJECTED}


@click.command()
@options.intent_id
@options.digest
@click.option(
    "--hold", type=options.Time(), help="Nothing leaves before: 5m.  Until then: revoke."
)
@options.by
@click.option(
    "--for", "delegator", metavar="NAME", help="In whose place: they have delegated to you."
)
@options.key
@options.dsn
@options.as_json
def approve_command(
    id: int,
    digest: str,
    hold: dt.timedelta | None,
    actor: str,
    delegator: str | None,
    key: str | None,
    dsn: str | None,
    as_json: bool,
) -> None:
    """Authorise one attempt to send intent ID, if its manifest has this digest."""
    given = options.settings(dsn=dsn, key_file=key)
    valid_for = given.approval_valid_for
    held = given.approval_hold if hold is None else hold
    signer = signer_of(given)
    with options.database(dsn) as connection:
        desk, signed, how = Desk(connection, actor=actor), None, {}
        if delegator is not None:
            how["delegation"] = standing.in_place_of(connection, delegator, actor)
        if signer is not None:
            by = (actor, delegator)
            signed = _signed(given, connection, signer, by, (id, digest), held)
        desk.approve(id, digest=digest, valid_for=valid_for, hold=held, signed=signed, **how)
    by_whom = actor if delegator is None else f"{actor} for {delegator}"
    said = f"intent {id} is approved by {by_whom}, for one attempt within {valid_for}"
    if held:
        undo = f"holdshort revoke {id} --reason WHY --by NAME"
        said += f"; held for {held}, until then: {undo}"
    values = {"id": id, "digest": digest, "by": by_whom, "key": signed and signed.key}
    options.answer(values, said, as_json=as_json)


def _signed(
    given: Settings,
    connection: Connection,
    signer: Signer,
    by: tuple[str, str | None],
    read: tuple[int, str],
    hold: dt.timedelta,
) -> Document:
    """The person's approval of what they have read, by the digest of its manifest; `by` is
    who approves, and in whose place."""
    from deploy import reviewers
    from outbox.seen import check_seen
    from schemas.authority.documents import Item

    id, digest = read
    item = Item(id, check_seen(connection, id, digest).version, digest)
    valid_for = given.approval_valid_for
    person, delegator = by
    return reviewers.signed_by(
        connection,
        signer,
        person,
        [item],
        valid_for=valid_for,
        hold=hold,
        delegator=delegator,
    )


@click.command()
@options.intent_id
@options.reason
@options.by
@options.dsn
@options.as_json
def reject_command(id: int, reason: str, actor: str, dsn: str | None, as_json: bool) -> None:
    """Say no to intent ID, for good."""
    with options.database(dsn) as connection:
        Desk(connection, actor=actor).reject(id, reason=reason)
    options.answer({"id": id}, f"intent {id} is rejected by {actor}", as_json=as_json)


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
