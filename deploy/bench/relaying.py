"""Relays: how fast a backlog is in Kafka, and how soon after its commit an event is.

Each has a broker of its own, of one kind, and the same bytes to publish.  A round is a
backlog that is committed at once, and then single commits at a steady pace.
"""

from __future__ import annotations

import os
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from deploy.bench.frame import Figures, Place
from deploy.bench.listening import Listener
from outbox.errors import DependencyDown

PACE = 500
"""Single commits per second."""
SOON = timedelta(minutes=5)
_GLANCE = 0.005


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """One that runs, and how it is fed and watched."""

    pid: int
    put: Callable[[int], None]
    """Commit so many events at once."""
    ring: Callable[[], int]
    """Commit one, for the topic that is listened to; its number."""
    left: Callable[[], int]
    """How much of what was put Kafka has not acknowledged."""


@dataclass(frozen=True, slots=True)
class Relaying:
    """Rounds of one relay."""

    place: Place
    relay: Relay
    listener: Listener

    def warm(self, rounds: int) -> None:
        """What nobody counts: caches are filled, code is compiled."""
        for _ in range(rounds):
            self._drained(self.place.amount(100_000, 20_000))

    def round(self) -> Figures:
        """`rate`, `cpu` and `rss` of a backlog; `p50` and `p99` from commit to consumer."""
        events = self.place.amount(100_000, 20_000)
        before = _cpu(self.relay.pid)
        seconds = self._drained(events)
        used = _cpu(self.relay.pid) - before
        delays = self._delays(self.place.amount(10, 4))
        cuts = statistics.quantiles(delays, n=100)
        return {
            **{"rate": events / seconds, "cpu": used / events, "rss": _rss(self.relay.pid)},
            **{"p50": cuts[49], "p99": cuts[98]},
        }

    def _drained(self, events: int) -> float:
        """Seconds from the commit until Kafka has all of it."""
        self.relay.put(events)
        begun = time.monotonic()
        while self.relay.left():
            if time.monotonic() - begun > SOON.total_seconds():
                raise DependencyDown(f"not published within {SOON}")
            time.sleep(_GLANCE)
        return time.monotonic() - begun

    def _delays(self, seconds: int) -> list[float]:
        """Of each commit: how long after it a consumer had the record."""
        committed: dict[int, float] = {}
        done = threading.Event()
        with self.listener.hearing(done) as heard:
            begun = time.monotonic()
            for number in range(seconds * PACE):
                time.sleep(max(begun + number / PACE - time.monotonic(), 0))
                committed[self.relay.ring()] = time.monotonic()
            wanted, deadline = committed.keys(), time.monotonic() + SOON.total_seconds()
            while not wanted <= heard.keys():
                if time.monotonic() > deadline:
                    raise DependencyDown("what was committed was not heard")
                time.sleep(_GLANCE)
            done.set()
        return [max(heard[number] - at, 0.0) for number, at in committed.items()]


def _cpu(pid: int) -> float:
    """Seconds of the processor that it has used."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return sum(map(int, fields[11:13])) / os.sysconf("SC_CLK_TCK")


def _rss(pid: int) -> float:
    """The most bytes of memory that it has held."""
    lines = Path(f"/proc/{pid}/status").read_text("ascii").splitlines()
    [most] = [line.split()[1] for line in lines if line.startswith("VmHWM:")]
    return float(most) * 1024
