"""What workers and bytes do, and when they die."""

from __future__ import annotations

from collections.abc import Iterator

from outbox.lifecycle import LEASED, Move, State
from tests.model.people import Change
from tests.model.world import (
    Attempt,
    Bytes,
    Doing,
    Rule,
    Rules,
    Worker,
    World,
    moved,
    with_bytes,
    with_worker,
)


def work(world: World, move: Move, rules: Rules) -> Iterator[Change]:
    """What a worker may do along this row of the law."""
    for number, worker in enumerate(world.workers):
        if move.target is State.RELEASING:
            then = _permitted(world, number, move, rules)
        elif move.target in LEASED:
            then = _claimed(world, number, move)
        else:
            then = _settled(world, number, move, rules)
        if then is not None:
            yield f"{move.by} {number + 1} {_deed(move, worker)}", then


def fate(world: World) -> Iterator[Change]:
    """What happens without touching the row."""
    for number, worker in enumerate(world.workers):
        if worker.attempt is not None and worker.doing is Doing.PERMITTED:
            wrote = with_worker(world, number, worker._replace(doing=Doing.WROTE))
            flying = with_bytes(wrote, worker.attempt, Bytes.IN_FLIGHT)
            yield f"sender {number + 1} writes the last bytes", flying
        if worker.doing is not Doing.NOTHING:
            yield f"{worker.role} {number + 1} dies", _gone(world, number)
    for number, attempt in enumerate(world.attempts):
        if attempt.bytes is Bytes.IN_FLIGHT:
            for where in (Bytes.ACCEPTED, Bytes.REFUSED, Bytes.LOST):
                what = f"the bytes of attempt {number + 1} are {where.name.lower()}"
                yield what, with_bytes(world, number, where)


def _deed(move: Move, worker: Worker) -> str:
    if move.target is State.RELEASING:
        return "gets its permit"
    if move.target in LEASED:
        return "claims it"
    late = "" if worker.holds else ", late,"
    return f"settles it{late} as {move.target}"


def _claimed(world: World, number: int, move: Move) -> World | None:
    if world.workers[number].doing is not Doing.NOTHING or move.source in LEASED:
        return None
    holder = Worker(Doing.CLAIMED, move.by, holds=True, version=world.version)
    return with_worker(moved(world, move.target), number, holder)


def _permitted(world: World, number: int, move: Move, rules: Rules) -> World | None:
    """Everything that the permit asks at that instant."""
    worker = world.workers[number]
    if (worker.doing, worker.role) != (Doing.CLAIMED, move.by) or world.approval is None:
        return None
    spent = any(attempt.approval == world.approval for attempt in world.attempts)
    refusals = {
        Rule.A_PERMIT_NAMES_ITS_FENCE: not worker.holds,
        Rule.A_PERMIT_NEEDS_A_LIVE_APPROVAL: world.approvals[world.approval].revoked,
        Rule.AN_APPROVAL_IS_SPENT_ONCE: spent,
    }
    if any(refused and rule in rules for rule, refused in refusals.items()):
        return None
    attempts = (*world.attempts, Attempt(world.approval, worker.version))
    attempt = len(attempts) - 1
    crossing = worker._replace(doing=Doing.PERMITTED, attempt=attempt)
    then = with_worker(moved(world, move.target), number, crossing)
    return then._replace(attempts=attempts, attempt=attempt)


def _settled(world: World, number: int, move: Move, rules: Rules) -> World | None:
    """A verdict that the law has, given by a worker who may believe it."""
    worker = world.workers[number]
    if worker.role is not move.by or not _believes(world, worker, move.target, rules):
        return None
    in_hand = worker.holds or Rule.A_VERDICT_NAMES_ITS_FENCE not in rules
    late = move.target is State.SENT and worker.attempt == world.attempt is not None
    if in_hand or (world.state is State.STRANDED and late):
        return _gone(moved(world, move.target), number)
    return None


def _believes(world: World, worker: Worker, target: State, rules: Rules) -> bool:
    """Whether this verdict is what the worker has seen."""
    read = None if worker.attempt is None else world.attempts[worker.attempt].bytes
    match target:
        case State.SENT if Rule.SENT_NEEDS_THE_SERVERS_YES in rules:
            return worker.doing is Doing.WROTE and read is Bytes.ACCEPTED
        case State.SENT:
            return worker.doing is Doing.WROTE
        case State.IN_REVIEW:
            return worker.doing is Doing.CLAIMED or read is Bytes.REFUSED
        case State.STRANDED:
            return worker.doing in (Doing.PERMITTED, Doing.WROTE)
        case _:
            return True


def _gone(world: World, number: int) -> World:
    """The worker forgot everything; what it has not written, nobody writes."""
    attempt = world.workers[number].attempt
    if attempt is not None and world.attempts[attempt].bytes is Bytes.HELD:
        world = with_bytes(world, attempt, Bytes.LOST)
    return with_worker(world, number, Worker())
