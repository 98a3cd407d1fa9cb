"""Look at every world that can be reached, the nearest first."""

from __future__ import annotations

from dataclasses import dataclass

from outbox.lifecycle import MOVES, Move, State
from tests.model.invariants import INVARIANTS, Invariant
from tests.model.steps import Step, steps
from tests.model.world import BORN, Rule, Rules, World

MOST_WORLDS = 300_000
"""A model that grows beyond this is no longer small: that is a mistake in the model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What is searched: where it begins, the law, the rules beyond it, what must hold."""

    start: World = BORN
    moves: frozenset[Move] = MOVES
    rules: Rules = frozenset(Rule)
    invariants: tuple[Invariant, ...] = INVARIANTS


@dataclass(frozen=True, slots=True)
class Found:
    worlds: int
    used: frozenset[Move]
    """The rows of the law that were taken somewhere."""
    broken: str = ""
    """The invariant that the trace breaks; empty if every world keeps them all."""
    trace: tuple[Step, ...] = ()
    """A shortest way to a world that breaks it."""


def search(setting: Setting) -> Found:
    """Breadth first and always in the same order, until something is broken or all is seen."""
    leaving = {s: tuple(sorted(m for m in setting.moves if m.source is s)) for s in State}
    came: dict[World, tuple[World, Step] | None] = {setting.start: None}
    used: set[Move] = set()
    queue = [setting.start]
    for world in queue:
        for invariant in setting.invariants:
            if not invariant(world):
                trace = _trace(came, world)
                return Found(len(came), frozenset(used), invariant.__name__, trace)
        for step in steps(world, leaving[world.state], setting.rules):
            if step.move is not None:
                used.add(step.move)
            if step.world not in came:
                came[step.world] = (world, step)
                queue.append(step.world)
        assert len(came) <= MOST_WORLDS
    return Found(len(came), frozenset(used))


def _trace(came: dict[World, tuple[World, Step] | None], world: World) -> tuple[Step, ...]:
    trace: list[Step] = []
    while (before := came[world]) is not None:
        world, step = before
        trace.append(step)
    return tuple(reversed(trace))
