"""Simulate by discrete events how long intents take: arrivals, hands, and rounds of what waits.

A hand that is free takes all that waits, up to a batch, through every step, which takes
`begin + each * n` seconds; what arrives meanwhile waits.  An intent's time is from its arrival
to the end of its round: without what a person or a mail server takes.
"""

from __future__ import annotations

import heapq
import math
import random
from collections.abc import Iterable, Iterator, Sequence

from deploy.planning.inputs import Inputs

Hour = tuple[float, float, float, float]
"""Its rate, and the median, p99 and p99.9 of the times of its intents."""
AWAKE = 0.2
"""The part of a day's intents that come evenly, at night too."""
MOST = 100
"""How many a hand takes at a time."""


def waits(
    arrivals: Iterable[float], given: Inputs, dice: random.Random, *, hands: int = 1
) -> Iterator[float]:
    """How long each of these takes; `arrivals` are moments in seconds, in their order."""
    coming = iter(arrivals)
    following = next(coming, None)
    waiting: list[float] = []
    free = [0.0] * hands
    while following is not None or waiting:
        now = heapq.heappop(free)
        if not waiting and following is not None:
            now = max(now, following)
        while following is not None and following <= now:
            waiting.append(following)
            following = next(coming, None)
        taken, waiting = waiting[:MOST], waiting[MOST:]
        took = (given.begin + given.each * len(taken)) * dice.choice(given.spread)
        yield from (now + took - arrived for arrived in taken)
        heapq.heappush(free, now + took)


def arriving(rate: float, seconds: float, dice: random.Random) -> Iterator[float]:
    """Moments of a Poisson process of so many a second."""
    now = 0.0
    while (now := now + dice.expovariate(rate)) < seconds:
        yield now


def rate_at(hour: int, mean: float, peak: float) -> float:
    """Of a day whose busiest hour, 14 o'clock, has `peak` times the mean one's."""
    width = 24 / ((peak - AWAKE) / (1 - AWAKE)) / math.sqrt(2 * math.pi)
    bell = [math.exp(-((other - 14) ** 2) / (2 * width**2)) for other in range(24)]
    return mean * (AWAKE + (1 - AWAKE) * 24 * bell[hour] / sum(bell))


def quantile(values: Sequence[float], share: float) -> float:
    """The value that this share of them does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def day(
    given: Inputs, *, mean: float, peak: float, hands: int, seconds: float = 30.0
) -> list[Hour]:
    """Each hour of a cell's day, of which so many seconds are simulated."""
    dice = random.Random(7)
    found = []
    for hour in range(24):
        rate = rate_at(hour, mean, peak)
        took = [*waits(arriving(rate, seconds, dice), given, dice, hands=hands)] or [
            given.begin
        ]
        half, most, nearly_all = (quantile(took, share) for share in (0.5, 0.99, 0.999))
        found.append((rate, half, most, nearly_all))
    return found
