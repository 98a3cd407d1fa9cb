"""Look at an intent until something has become of it, and hold nothing meanwhile.

Each look takes a connection and asks for the token anew; between two there is none.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Awaitable, Callable
from enum import StrEnum

from starlette.concurrency import run_in_threadpool

from consumers.intake.shapes import Looked

LONGEST = 60
"""Seconds."""
EVERY = 1.0
"""Seconds between two looks."""
MOST = 100
"""How many may wait at a time, far fewer than there may be connections."""


class Until(StrEnum):
    """Each is a field of `Intent`."""

    DECIDED = "decided"  # a person said yes or no, or asks for another version
    FINAL = "final"  # nothing more becomes of it


class Waiting:
    """Those who wait."""

    def __init__(self, stop: threading.Event) -> None:
        self._stop = stop
        self.waits = 0
        """How many are there."""

    async def look(
        self,
        now: Callable[[], Looked],
        *,
        seconds: float,
        until: Until,
        gone: Callable[[], Awaitable[bool]],
    ) -> Looked:
        """What `now` gives once that has come about, or when the time is over."""
        over = time.monotonic() + (seconds if self.waits < MOST else 0)
        self.waits += 1
        try:
            while not getattr((looked := await run_in_threadpool(now)).intent, until):
                left = over - time.monotonic()
                if left <= 0 or self._stop.is_set() or await gone():
                    break
                await asyncio.sleep(min(left, EVERY))
            return looked
        finally:
            self.waits -= 1
