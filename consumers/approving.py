"""A person's decision over a list: one document is signed, and each item stands alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from outbox.authority import standing
from outbox.authority.documents import Document
from outbox.desk import Desk
from outbox.errors import HoldshortError
from outbox.seen import check_seen
from outbox.store import Connection

if TYPE_CHECKING:
    from schemas.receipts.keys import Signer


@dataclass(frozen=True, slots=True)
class Item:
    """An intent, and the digest of the manifest that the person has read."""

    id: int
    digest: str


@dataclass(frozen=True, slots=True)
class Given:
    """Who approves, for how long, and with which key."""

    person: str
    valid_for: dt.timedelta
    hold: dt.timedelta
    signer: Signer | None
    """None: names count."""
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


def approve_one(
    connection: Connection, item: Item, given: Given
) -> tuple[int, Document | None]:
    """Approve it; give back how many more are needed, and what was signed.  Raises."""
    signed = None
    if given.signer is not None:
        version = check_seen(connection, item.id, item.digest).version
        signed = _signed(connection, [(item, version)], given)
    return _approve(connection, item, given, signed), signed


def approve_each(connection: Connection, items: Sequence[Item], given: Given) -> list[Outcome]:
    """Approve each that is still as it was read; say of each what became of it."""
    outcomes = {item.id: _outcome(item) for item in items}
    left = iter(_readable(connection, items, outcomes))
    while batch := list(islice(left, _most())):
        signed = None if given.signer is None else _signed(connection, batch, given)
        for item, _ in batch:
            try:
                missing = _approve(connection, item, given, signed)
                outcomes[item.id] = _outcome(item, missing)
            except HoldshortError as error:
                outcomes[item.id] = _outcome(item, error=error)
    return [outcomes[item.id] for item in items]


def _readable(
    connection: Connection, items: Sequence[Item], outcomes: dict[int, Outcome]
) -> Iterator[tuple[Item, int]]:
    """Those with the digest that was read, with their versions: only these are signed."""
    for item in items:
        try:
            yield item, check_seen(connection, item.id, item.digest).version
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


def _signed(connection: Connection, read: Sequence[tuple[Item, int]], given: Given) -> Document:
    from consumers import reviewers
    from schemas.authority import documents

    assert given.signer is not None
    items = [documents.Item(item.id, version, item.digest) for item, version in read]
    return reviewers.signed_by(
        connection,
        given.signer,
        given.person,
        items,
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
