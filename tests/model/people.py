"""What people, and the agent that proposed, may do to the intent."""

from __future__ import annotations

from collections.abc import Iterator

from outbox.lifecycle import Move, Role, State
from tests.model.world import (
    Approval,
    Bytes,
    Doing,
    Rule,
    Rules,
    World,
    moved,
    with_approval,
)

MOST_APPROVALS = 2
MOST_VERSIONS = 2

Change = tuple[str, World]
"""What happens, in words, and the world after it."""


def decisions(world: World, move: Move, rules: Rules) -> Iterator[Change]:
    """What somebody may decide along this row of the law."""
    then = moved(world, move.target)
    match move:
        case (_, State.APPROVED, Role.HUMAN):
            yield from _approvals(then)
        case (_, State.APPROVED, Role.GRANTER):
            if not world.approvals:  # what was approved once is left to people
                yield from _approvals(then)
        case (State.STRANDED, _, Role.HUMAN):
            yield from _resolutions(world, then, rules)
        case (State.APPROVED, State.IN_REVIEW, Role.HUMAN):
            for _, revoked in revocations(world):
                yield "a person revokes the approval", moved(revoked, move.target)
        case (State.UNBORN, _, _):
            yield "an agent proposes it", then
        case (_, State.SUBMITTED, _):
            if world.version < MOST_VERSIONS:
                yield f"the {move.by} edits it", then._replace(version=world.version + 1)
        case _:
            yield f"the {move.by} makes it {move.target}", then


def revocations(world: World) -> Iterator[Change]:
    """An approval may be revoked until its permit."""
    if world.state in (State.APPROVED, State.SENDING) and world.approval is not None:
        leave = world.approvals[world.approval]
        if not leave.revoked:
            revoked = with_approval(world, world.approval, Approval(leave.version, True))
            yield "a person revokes the approval", revoked


def _approvals(then: World) -> Iterator[Change]:
    if len(then.approvals) < MOST_APPROVALS:
        given = (*then.approvals, Approval(then.version))
        yield (
            "a person approves it",
            then._replace(approvals=given, approval=len(given) - 1),
        )


def _resolutions(world: World, then: World, rules: Rules) -> Iterator[Change]:
    """A person has looked at the other side, and says what is there by now."""
    believed = Rule.A_PERSON_SAYS_WHAT_IS_THERE not in rules
    match then.state:
        case State.SENT:
            if believed or world.effects:
                yield "a person has seen it arrive: sent", then
        case State.IN_REVIEW:
            if believed or not world.effects:
                if _is_quiet(world, rules):
                    yield "a person finds nothing: not sent", then
                else:
                    overridden = then._replace(overrides=world.overrides + 1)
                    yield "a second person overrides: not sent", overridden
        case _:
            yield f"a person makes it {then.state}", then


def _is_quiet(world: World, rules: Rules) -> bool:
    """Whether nothing that an old attempt left behind can act any more."""
    flying = any(attempt.bytes is Bytes.IN_FLIGHT for attempt in world.attempts)
    writing = any(worker.doing is Doing.PERMITTED for worker in world.workers)
    return not (
        (flying and Rule.NOT_SENT_WAITS_FOR_THE_BYTES in rules)
        or (writing and Rule.NOT_SENT_WAITS_FOR_THE_WORKER in rules)
    )
