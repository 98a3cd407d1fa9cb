"""A person's decision over a list: one document is signed, and each item stands alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from outbox.attention.decoys import flaws
from outbox.authority import standing
from outbox.authority.documents import Document
from outbox.desk import Desk
from outbox.errors import HoldshortError
from outbox.seen import check_seen
from outbox.store import Connection

if TYPE_CHECKING:
    from schemas.authority.documents import Approval
    from schemas.receipts.keys import Signer


@dataclass(frozen=True, slots=True)
class Item:
    """An intent, and the digest of the manifest that the person has read."""

    id: int
    digest: str


@dataclass(frozen=True, slots=True)
class Given:
    """Who approves, for how long, and how they sign it."""

    person: str
    valid_for: dt.timedelta
    hold: dt.timedelta
    signature: Signer | Document | None
    """The key to sign with now, or what they have signed already; None: names count."""
    delegator: str | None = None
    """In whose place; None: in their own."""

    @property
    def by(self) -> str:
        """Who, as a receipt names it."""
        return self.person if self.delegator is None else f"{self.person} for {self.delegator}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one item."""

    id: int
    digest: str
    missing: int
    """How many more people at least must say yes; 0 is approved, or failed."""
    error: str | None
    hint: str | None
    decoy: str | None = None
    """What is wrong with it, if it was a decoy, which never leaves; None: it was none."""


def approve_one(
    connection: Connection, item: Item, given: Given
) -> tuple[int, Document | None]:
    """Approve it; give back how many more are needed, and what was signed.  Raises."""
    signed = _signed(connection, [_seen(connection, item)], given)
    return _approve(connection, item, given, signed), signed


def approve_each(connection: Connection, items: Sequence[Item], given: Given) -> list[Outcome]:
    """Approve each that is still as it was read; say of each what became of it."""
    outcomes = {item.id: _outcome(item) for item in items}
    left = iter(_readable(connection, items, outcomes))
    while batch := list(islice(left, _most())):
        signed = _signed(connection, batch, given)
        for item, _ in batch:
            try:
                missing = _approve(connection, item, given, signed)
                outcomes[item.id] = _outcome(item, missing)
            except HoldshortError as error:
                outcomes[item.id] = _outcome(item, error=error)
    wrong = flaws(connection, [*outcomes])
    return [replace(outcomes[item.id], decoy=wrong.get(item.id)) for item in items]


def approve_signed(connection: Connection, signed: Document) -> list[Outcome]:
    """Approve each that this person has signed for, until when and in whose place they said.

    For who is asked first and signs then: what has changed between the two is not approved.
    """
    from schemas.authority import documents

    said = documents.approval(signed.content)
    now = dt.datetime.now(dt.UTC)
    hold = max(said.held_until or now, now) - now
    given = Given(said.approver, said.expires_at - now, hold, signed, said.delegator)
    return approve_each(
        connection, [Item(one.intent, one.manifest) for one in said.items], given
    )


def leave_for(connection: Connection, items: Sequence[Item], given: Given) -> Approval:
    """What they would sign to approve all of these.

    Raises `Conflict` if one of them is not as it was read, and says what has changed.
    """
    return _leave(connection, [_seen(connection, item) for item in items], given)


def _readable(
    connection: Connection, items: Sequence[Item], outcomes: dict[int, Outcome]
) -> Iterator[tuple[Item, int]]:
    """Those with the digest that was read, with their versions: only these are signed."""
    for item in items:
        try:
            yield _seen(connection, item)
        except HoldshortError as error:
            outcomes[item.id] = _outcome(item, error=error)


def _approve(connection: Connection, item: Item, given: Given, signed: Document | None) -> int:
    delegation = None
    if given.delegator is not None:
        delegation = standing.in_place_of(connection, given.delegator, given.person)
    return Desk(connection, actor=given.person).approve(
        item.id,
        digest=item.digest,
        valid_for=given.valid_for,
        hold=given.hold,
        signed=signed,
        delegation=delegation,
    )


def _seen(connection: Connection, item: Item) -> tuple[Item, int]:
    """The item and its version, if it is still as it was read.  Raises `Conflict`."""
    return item, check_seen(connection, item.id, item.digest).version


def _signed(
    connection: Connection, read: Sequence[tuple[Item, int]], given: Given
) -> Document | None:
    if given.signature is None or isinstance(given.signature, Document):
        return given.signature
    from consumers import reviewers

    return reviewers.signed_by(connection, given.signature, _leave(connection, read, given))


def _leave(connection: Connection, read: Sequence[tuple[Item, int]], given: Given) -> Approval:
    from consumers import reviewers
    from schemas.authority import documents

    return reviewers.leave(
        connection,
        given.person,
        [documents.Item(item.id, version, item.digest) for item, version in read],
        valid_for=given.valid_for,
        hold=given.hold,
        delegator=given.delegator,
    )


def _most() -> int:
    # Here, since every start pays for its imports.
    from schemas.authority.documents import MOST_ITEMS

    return MOST_ITEMS


def _outcome(item: Item, missing: int = 0, error: HoldshortError | None = None) -> Outcome:
    return Outcome(
        id=item.id,
        digest=item.digest,
        missing=missing,
        error=None if error is None else str(error),
        hint=None if error is None else error.hint,
    )
