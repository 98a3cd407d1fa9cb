"""What this process holds, and until when, by its own clock.

The database's clock decides who holds a lease.  This is the worker's own, stricter view:
a deadline is counted from before the database was asked, on a clock that goes on while
the machine sleeps, so that a worker that was paused knows it before it writes.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from dataclasses import replace

from outbox.claim import SEND, Claim
from outbox.failpoints import Point, reach
from outbox.ledger import Ledger


class Leases:
    """The send leases of one process, shared by its threads."""

    def __init__(self, lease: dt.timedelta) -> None:
        self._stage = replace(SEND, lease=lease)
        self._deadlines: dict[int, float] = {}
        self._lock = threading.Lock()

    def claim(self, ledger: Ledger) -> list[Claim]:
        """Lease what can start now."""
        asked = _now()
        claims = ledger.claim(self._stage)
        with self._lock:
            self._deadlines |= {claim.fence: self._until(asked) for claim in claims}
        return claims

    def renew(self, ledger: Ledger) -> None:
        """Renew all leases that are worked under; forget those that are lost."""
        reach(Point.BEFORE_RENEWAL)
        with self._lock:
            worked_under = list(self._deadlines)
        asked = _now()
        held = ledger.renew(worked_under, self._stage.lease)
        reach(Point.AFTER_RENEWAL)
        with self._lock:
            for fence in self._deadlines.keys() & set(worked_under):
                self._deadlines[fence] = self._until(asked) if fence in held else 0.0

    def keep_renewed(self, ledger: Ledger, stop: threading.Event) -> None:
        """Renew at a third of the lease until `stop` is set."""
        while not stop.wait(self._stage.lease.total_seconds() / 3):
            self.renew(ledger)

    def left(self, claim: Claim) -> dt.timedelta:
        """How long the lease of `claim` lasts for sure; zero if it is lost."""
        with self._lock:
            left = self._deadlines.get(claim.fence, 0.0) - _now()
        return dt.timedelta(seconds=max(left, 0.0))

    def forget(self, claim: Claim) -> None:
        """The claim was settled, or is lost."""
        with self._lock:
            self._deadlines.pop(claim.fence, None)

    def _until(self, asked: float) -> float:
        return asked + self._stage.lease.total_seconds()


def _now() -> float:
    return time.clock_gettime(time.CLOCK_BOOTTIME)
