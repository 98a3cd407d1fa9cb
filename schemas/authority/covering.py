"""Whether a standing grant covers what is about to leave: a pure function of the two."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from schemas.authority import spelling
from schemas.authority.standing import Grant

if TYPE_CHECKING:  # a stranger who verifies has no model of ours
    from outbox.intent import Amount
    from outbox.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Leaving:
    """Everything that leaves, and the amount that its bytes name."""

    manifest: Manifest
    amount: Amount | None

    @property
    def log(self) -> str:
        return self.manifest.log

    @property
    def producer(self) -> str:
        return self.manifest.producer


@dataclass(frozen=True, slots=True)
class Unseen:
    """What a stranger knows of what has left, without its manifest.

    A grant's extent cannot be judged by it: never a sender's.
    """

    log: str
    producer: str


def beyond(grant: Grant, leaving: Leaving | Unseen) -> str:
    """Why the grant does not cover it, in one word; empty if it does, or if nobody can see.

    Its dates and its uses are for others to look at.
    """
    return next(_differences(grant, leaving), "")


def _differences(grant: Grant, leaving: Leaving | Unseen) -> Iterator[str]:
    if leaving.log != grant.log:
        yield "log"
    if spelling.folded(leaving.producer) == spelling.folded(grant.giver):
        yield "producer"
    if isinstance(leaving, Unseen):
        return
    said = leaving.manifest
    if said.channel != "email" or grant.channel != "email":
        yield "channel"  # a grant has no words for what is no mail
        return
    if (said.identity.address, said.identity.name) != (grant.sender, grant.sender_name):
        yield "sender"
    if not all(_is_among(one, grant.recipients) for one in said.envelope.to):
        yield "recipient"
    if grant.subject is not None and said.headers.subject != grant.subject:
        yield "subject"
    if grant.bodies is not None and tuple(b.digest for b in said.bodies) != grant.bodies:
        yield "body"
    if len(said.attachments) > grant.attachments:
        yield "attachments"
    if not _is_within(grant, leaving.amount):
        yield "amount"


def _is_among(recipient: str, named: tuple[str, ...]) -> bool:
    domain = recipient.rpartition("@")[2]
    return recipient in named or f"@{domain}" in named


def _is_within(grant: Grant, amount: Amount | None) -> bool:
    if grant.amount is None or amount is None:
        return grant.amount is None and amount is None
    return amount.currency == grant.amount.currency and amount.value <= grant.amount.most
