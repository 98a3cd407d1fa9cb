"""Keep the queue small: what is published leaves a slot behind that is emptied at once.

Without it a relay would be as slow as the oldest transaction that anybody has left open is
old: what that could still see is never vacuumed, and every claim passes over it.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

from outbox.failpoints import Point, reach
from outbox.store import Connection, call

EVERY = dt.timedelta(seconds=1)
"""Often enough for 65,000 events a second to find the queue in no more than three slots."""


class Slots:
    """Looks for an empty slot every second, as long as something is published."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._looked_at = clock()
        self._published = False

    def clear(self, connection: Connection, published: int) -> None:
        """To be told of every batch, after its transaction."""
        self._published = self._published or published > 0
        now = self._clock()
        if self._published and now - self._looked_at >= EVERY.total_seconds():
            self._looked_at, self._published = now, False
            reach(Point.BEFORE_CLEARED)
            call(connection, "clear_slots")
            reach(Point.AFTER_CLEARED)
