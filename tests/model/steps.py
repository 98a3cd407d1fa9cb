"""What can happen next, one step at a time, whoever takes it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from outbox.lifecycle import LEASED, Move, Role
from tests.model.machines import fate, work
from tests.model.people import Change, decisions, revocations
from tests.model.world import Rules, World, moved


class Step(NamedTuple):
    what: str
    world: World
    move: Move | None = None
    """The row of the law that it used."""


def steps(world: World, moves: tuple[Move, ...], rules: Rules) -> Iterator[Step]:
    """Everything that can happen next; `moves` are the rows that leave this state."""
    for move in moves:
        for what, then in _along(world, move, rules):
            yield Step(what, then, move)
    for what, then in (*revocations(world), *fate(world)):
        yield Step(what, then)


def _along(world: World, move: Move, rules: Rules) -> Iterable[Change]:
    match move.by:
        case Role.SENDER | Role.SCORER:
            return work(world, move, rules)
        case Role.SWEEPER if move.source in LEASED:
            return [(f"the lease runs out: {move.target}", moved(world, move.target))]
        case Role.SWEEPER | Role.ROUTER:
            return [(f"the {move.by} makes it {move.target}", moved(world, move.target))]
        case _:
            return decisions(world, move, rules)
