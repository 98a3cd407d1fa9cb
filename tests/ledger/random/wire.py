"""A wire that counts: what was written, what is still on its way, what arrived."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from outbox.claim import Claim
from outbox.ledger import Ledger
from outbox.lifecycle import State


class Bytes(Enum):
    """Where the bytes of one attempt are."""

    HELD = auto()  # permitted, not written
    IN_FLIGHT = auto()
    ACCEPTED = auto()  # the effect
    REFUSED = auto()
    LOST = auto()


VERDICTS = {
    None: State.IN_REVIEW,
    Bytes.REFUSED: State.IN_REVIEW,
    Bytes.ACCEPTED: State.SENT,
}
"""What a worker may say that has seen this; of anything else it knows nothing."""
KINDS = {
    State.IN_REVIEW: "refused",
    State.SENT: "sent",
    State.STRANDED: "stranded",
}
"""How its receipt calls that."""


@dataclass(slots=True, eq=False)
class Hand:
    """A claim in the hands of a worker, which may be paused for as long as it takes."""

    ledger: Ledger
    claim: Claim
    bytes: Bytes | None = None
    """None before the permit."""


class Wire:
    """The other side.  It does not forget what arrived, whoever is dead."""

    def __init__(self) -> None:
        self.attempts: list[Hand] = []

    def permitted(self, hand: Hand) -> None:
        assert hand.bytes is None
        hand.bytes = Bytes.HELD
        self.attempts.append(hand)

    def where(self, bytes: Bytes) -> list[Hand]:
        return [hand for hand in self.attempts if hand.bytes is bytes]

    def is_quiet(self) -> bool:
        """Whether nothing can arrive any more."""
        return not self.where(Bytes.HELD) and not self.where(Bytes.IN_FLIGHT)

    def effects(self) -> list[Claim]:
        """What arrived, once for each time."""
        return [hand.claim for hand in self.where(Bytes.ACCEPTED)]

    def has(self, intent: int) -> bool:
        return any(claim.id == intent for claim in self.effects())
