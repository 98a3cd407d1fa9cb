"""Play a goal: open everybody, then one round of each in turn, as often as asked."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass

from deploy.bench.frame import Figures, Goal, Missing, Place, Round
from deploy.bench.judging import Judgement
from deploy.bench.telling import told

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Playing:
    """Who plays, and who hears about it."""

    rounds: int
    tell: Tell

    def play(self, goal: Goal, place: Place) -> Judgement:
        """Every contestant's rounds; each begins with another one than the round before."""
        self.tell(f"goal {goal.number}, {goal.name}: {goal.said}")
        missing: dict[str, str] = {}
        with ExitStack() as stack:
            players = self._opened(goal, place, stack, missing)
            played: dict[str, list[Figures]] = {name: [] for name in players}
            for number in range(self.rounds):
                for name in _turned([*players], number):
                    found = players[name]()
                    played[name].append(found)
                    self.tell(f"  round {number + 1} of {self.rounds}, {name}: {told(found)}")
        return Judgement(goal, played, missing)

    def _opened(
        self, goal: Goal, place: Place, stack: ExitStack, missing: dict[str, str]
    ) -> dict[str, Round]:
        players = {}
        for one in goal.contestants:
            self.tell(f"  making ready: {one.name}")
            try:
                players[one.name] = stack.enter_context(one.opened(place))
            except Missing as why:
                missing[one.name] = str(why)
                self.tell(f"  missing: {one.name}: {why}")
        return players


def _turned(names: list[str], by: int) -> list[str]:
    by %= max(len(names), 1)
    return names[by:] + names[:by]
