"""What must hold in every world that can be reached."""

from __future__ import annotations

from collections.abc import Callable

from outbox.lifecycle import State
from tests.model.world import Approval, Bytes, World

Invariant = Callable[[World], bool]

BOOKED = (State.RELEASING, State.STRANDED, State.SENT, State.REJECTED)
"""Where what arrived is on record.  Rejected: a person gave it up while it was stranded."""


def one_effect(world: World) -> bool:
    """I1: at most one effect, and one more for every override that a person recorded."""
    return world.effects <= 1 + world.overrides


def approved_bytes(world: World) -> bool:
    """I2: what arrived are the bytes of an approval that was live when it was spent."""
    return all(
        world.approvals[attempt.approval] == Approval(attempt.version)
        for attempt in world.attempts
        if attempt.bytes is Bytes.ACCEPTED
    )


def on_the_books(world: World) -> bool:
    """I3: of what arrived the row says so, or says that a person must find out."""
    return world.effects == 0 or world.overrides > 0 or world.state in BOOKED


def sent_is_true(world: World) -> bool:
    """I4: nothing is called sent of which nothing arrived.

    Said by a machine this is proven from the server's yes; said by a person it is as true
    as what that person saw (`Rule.A_PERSON_SAYS_WHAT_IS_THERE` is an assumption).
    """
    return world.state is not State.SENT or world.effects > 0


INVARIANTS: tuple[Invariant, ...] = (one_effect, approved_bytes, on_the_books, sent_is_true)
