"""Whether the plan tells the truth: what it foretells of another run, beside what came."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from deploy.bench.flat.line import Clock
from deploy.planning.inputs import Checked, Inputs
from deploy.planning.measuring import LARGE, SMALL, Works, rounds_of
from deploy.planning.simulating import MOST, arriving, quantile, waits

ITEMS, MANY = 1_200, 60
SECONDS, LOAD = 20.0, 0.4
"""How long intents arrive, and what share of what one hand can do."""


def checked(at: Works, given: Inputs) -> Iterator[Checked]:
    """Play another run, with rounds of another size and intents that arrive by chance.

    What a round takes by the clock is measured again before and after: a machine that is
    shared is another one from minute to minute.
    """
    one = at.spent(ITEMS, MANY)
    left = sum(size for name, size in one.items() if name.startswith("bytes "))
    yield Checked(name="seconds of the server", foretold=given.server, measured=one["server"])
    yield Checked(name="bytes that stay", foretold=sum(given.bytes.values()), measured=left)
    yield Checked(name="bytes of WAL", foretold=given.wal, measured=one["wal"])
    small, large = at.took(SMALL), at.took(LARGE)
    rate = LOAD / given.each
    arrivals = [*arriving(rate, SECONDS, random.Random(1))]
    came = played(at, arrivals)
    begin, each, spread = rounds_of(small + at.took(SMALL), large + at.took(LARGE))
    now = replace(given, begin=begin, each=each, spread=spread)
    foretold = [*waits(arrivals, now, random.Random(2))]
    for name, share in (("median", 0.5), ("p99", 0.99)):
        yield Checked(
            name=f"{name} of the time at {rate:,.0f} a second, in seconds",
            foretold=quantile(foretold, share),
            measured=quantile(came, share),
        )


def played(at: Works, arrivals: Sequence[float]) -> list[float]:
    """How long each really took: one hand takes what has arrived, round after round."""
    begun, done, took = time.monotonic(), 0, []
    while done < len(arrivals):
        now = time.monotonic() - begun
        if arrivals[done] > now:
            time.sleep(arrivals[done] - now)
            continue
        many = sum(1 for moment in arrivals[done : done + MOST] if moment <= now)
        at.rounds.take(many, Clock())
        over = time.monotonic() - begun
        took += [over - moment for moment in arrivals[done : done + many]]
        done += many
    return took
