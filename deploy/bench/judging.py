"""From rounds to verdicts: ratios of the same round, their median, whether it is enough."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from deploy.bench.frame import Demand, Figures, Goal

Played = Mapping[str, Sequence[Figures]]
"""Every round of every contestant that was there, in the order in which they were played."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A demand, and what was found in each round; nothing if somebody was missing."""

    demand: Demand
    values: tuple[float, ...]

    @property
    def median(self) -> float | None:
        return statistics.median(self.values) if self.values else None

    @property
    def met(self) -> bool | None:
        """None where it cannot be said, or is not demanded."""
        demand, median = self.demand, self.median
        if median is None or (demand.least is None and demand.most is None):
            return None
        enough = demand.least is None or median >= demand.least
        return enough and (demand.most is None or median <= demand.most)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One goal, as it was played."""

    goal: Goal
    played: Played
    missing: Mapping[str, str] = field(default_factory=dict)
    """Who could not be had, and why."""

    @property
    def verdicts(self) -> list[Verdict]:
        return [Verdict(one, values(one, self.played)) for one in self.goal.demands]

    @property
    def met(self) -> bool | None:
        """Whether everything that could be judged is met; None if nothing could."""
        judged = [verdict.met for verdict in self.verdicts if verdict.met is not None]
        return all(judged) if judged else None


def values(demand: Demand, played: Played) -> tuple[float, ...]:
    """The figure, or its ratio to the other's of the same round, round by round."""
    ours = [one[demand.figure] for one in played.get(demand.of, ())]
    if not demand.to:
        return tuple(ours)
    theirs = [one[demand.figure] for one in played.get(demand.to, ())]
    return tuple(mine / other for mine, other in zip(ours, theirs, strict=False))
