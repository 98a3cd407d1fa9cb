"""One intent, the workers around it, and the bytes on their way: everything that matters.

What is left out cannot make a second effect: the score, the switch, the time of day.  A
lease may run out at any moment here, and a worker is paused by taking no step while the
others do; so every timing of the real thing is one of these orders.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import NamedTuple, TypeVar

from outbox.lifecycle import LEASED, Role, State

Item = TypeVar("Item")


class Rule(Enum):
    """What is checked beyond the law; the tests take one away and look what happens."""

    A_PERMIT_NAMES_ITS_FENCE = auto()
    A_PERMIT_NEEDS_A_LIVE_APPROVAL = auto()
    AN_APPROVAL_IS_SPENT_ONCE = auto()
    A_VERDICT_NAMES_ITS_FENCE = auto()
    SENT_NEEDS_THE_SERVERS_YES = auto()
    NOT_SENT_WAITS_FOR_THE_BYTES = auto()
    NOT_SENT_WAITS_FOR_THE_WORKER = auto()
    A_PERSON_SAYS_WHAT_IS_THERE = auto()


Rules = frozenset[Rule]


class Bytes(Enum):
    """Where the bytes of one attempt are."""

    HELD = auto()  # permitted, not written
    IN_FLIGHT = auto()  # written; they may arrive at any time, whoever is dead
    ACCEPTED = auto()  # the effect
    REFUSED = auto()
    LOST = auto()


class Doing(Enum):
    """How far a worker believes to be."""

    NOTHING = auto()
    CLAIMED = auto()
    PERMITTED = auto()
    WROTE = auto()


class Worker(NamedTuple):
    doing: Doing = Doing.NOTHING
    role: Role | None = None
    holds: bool = False
    """Whether its fence is still the one in the row."""
    version: int = 0
    """The artifact that it read when it claimed."""
    attempt: int | None = None


class Approval(NamedTuple):
    version: int
    revoked: bool = False


class Attempt(NamedTuple):
    approval: int
    version: int
    bytes: Bytes = Bytes.HELD


class World(NamedTuple):
    state: State = State.UNBORN
    version: int = 1
    approval: int | None = None
    attempt: int | None = None
    approvals: tuple[Approval, ...] = ()
    attempts: tuple[Attempt, ...] = ()
    workers: tuple[Worker, ...] = (Worker(), Worker())
    overrides: int = 0
    """How often a second person had it sent again although its bytes may still arrive."""

    @property
    def effects(self) -> int:
        return sum(attempt.bytes is Bytes.ACCEPTED for attempt in self.attempts)


BORN = World()
APPROVED = World(State.APPROVED, approval=0, approvals=(Approval(1),))
"""Where the machines take over: one person said yes once."""

NEW_LOOK = (
    State.SUBMITTED,
    State.SCORING,
    State.SCORED,
    State.IN_REVIEW,
    State.AWAITING_APPROVAL,
    State.SENT_BACK,
)
"""Where a row names no approval and no attempt: the database checks it."""


def moved(world: World, target: State) -> World:
    """The row after a move: leaving a lease clears its fence, a new look its approval."""
    workers = world.workers
    if world.state in LEASED and target not in LEASED:
        workers = tuple(worker._replace(holds=False) for worker in workers)
    if target in NEW_LOOK:
        return world._replace(state=target, workers=workers, approval=None, attempt=None)
    return world._replace(state=target, workers=workers)


def with_worker(world: World, number: int, worker: Worker) -> World:
    return world._replace(workers=_put(world.workers, number, worker))


def with_bytes(world: World, number: int, where: Bytes) -> World:
    attempt = world.attempts[number]._replace(bytes=where)
    return world._replace(attempts=_put(world.attempts, number, attempt))


def with_approval(world: World, number: int, approval: Approval) -> World:
    return world._replace(approvals=_put(world.approvals, number, approval))


def _put(items: tuple[Item, ...], number: int, item: Item) -> tuple[Item, ...]:
    return (*items[:number], item, *items[number + 1 :])
