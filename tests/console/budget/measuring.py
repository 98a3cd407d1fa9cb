"""How long named things take, whatever they are: reads today, whole pages, too."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

BUDGET = 50.0
"""Milliseconds, for all that a page does at the server."""


@dataclass(frozen=True, slots=True)
class Figure:
    """Milliseconds over some rounds; a first one, which fills caches, is not counted."""

    p50: float
    p95: float
    most: float

    def __str__(self) -> str:
        return f"{self.p50:.1f} / {self.p95:.1f} / {self.most:.1f} ms"


def measured(named: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Figure]:
    """Each in every round, one after the other, so that none has the caches to itself."""
    taken: dict[str, list[float]] = {name: [] for name in named}
    for _ in range(rounds + 1):
        for name, once in named.items():
            begun = time.perf_counter()
            once()
            taken[name].append((time.perf_counter() - begun) * 1000)
    return {name: _figure(times[1:]) for name, times in taken.items()}


def _figure(times: list[float]) -> Figure:
    cuts = statistics.quantiles(times, n=20, method="inclusive")
    return Figure(statistics.median(times), cuts[18], max(times))
