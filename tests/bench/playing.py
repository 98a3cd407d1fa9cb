"""Goals whose figures are known beforehand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from deploy.bench.frame import Contestant, Demand, Figures, Goal, Missing, Place, Round

NOWHERE = Place(server="", room=Path(), short=True)


def scripted(name: str, rates: Sequence[float], order: list[str] | None = None) -> Contestant:
    """Has these rates, one round after the other, and notes when it is asked."""

    @contextmanager
    def opened(_: Place) -> Iterator[Round]:
        left = iter(rates)

        def play() -> Figures:
            if order is not None:
                order.append(name)
            return {"rate": next(left)}

        yield play

    return Contestant(name=name, opened=opened)


def absent(name: str) -> Contestant:
    """Cannot be had here."""

    @contextmanager
    def opened(_: Place) -> Iterator[Round]:
        raise Missing(f"{name} is not there")
        yield

    return Contestant(name=name, opened=opened)


def a_goal(*demands: Demand, of: Sequence[Contestant], number: int = 1) -> Goal:
    return Goal(
        number=number,
        name=f"goal-{number}",
        said="it is as fast as that",
        contestants=tuple(of),
        demands=demands,
    )
