"""A claim: an intent in hand, under a lease, with its fence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from outbox.errors import LeaseLost
from outbox.manifest import Rows, sha256_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """How one consumer claims its share of the lifecycle."""

    claim: str
    """The function of the database that claims for it."""
    only_where_armed: bool
    lease: dt.timedelta
    batch: int


SCORE = Stage(
    claim="claim_to_score",
    only_where_armed=False,
    lease=dt.timedelta(minutes=1),
    batch=20,  # the slowest mails we know take seconds each: a batch must fit its lease
)
SEND = Stage(
    claim="claim_to_send",
    only_where_armed=True,
    lease=dt.timedelta(seconds=15),  # short, and renewed: a dead sender is noticed soon
    batch=1,  # never lease more than can start now
)


@dataclass(frozen=True, kw_only=True)
class Claim(Rows):
    """A leased intent.  Holding one means: nobody else may act on it until the deadline."""

    digest: str
    manifest: bytes | None = field(repr=False)
    """What a person has approved; None before that."""
    limited: str | None
    """Which limit stands in the way of sending it, in one word."""
    claims: int
    """How often it was claimed since it last moved on."""
    fence: int
    lease_expires_at: dt.datetime
    """By the database clock."""
    traceparent: str | None
    due_at: dt.datetime
    """Since when it could be claimed."""
    written_at: dt.datetime | None = None
    """When this version was proposed; who only sends it need not know."""

    def waited(self, lease: dt.timedelta) -> float:
        """Seconds from when it was due to the claim that leased it for so long."""
        return max(0.0, (self.lease_expires_at - lease - self.due_at).total_seconds())

    @property
    def manifest_digest(self) -> str:
        """The name of what a person has approved."""
        return sha256_of(self.manifest or b"")


def lost(claim: Claim) -> LeaseLost:
    """The refusal of whatever is done under a lease that was taken away."""
    return LeaseLost(f"intent {claim.id} is no longer held under fence {claim.fence}")
