"""The order of things: lease a route with what there is to tell, tell it, write that down.

Told at least once, and normally once: who dies between telling and writing it down has told
what another one tells again.
"""

from __future__ import annotations

import datetime as dt
from typing import assert_never

import structlog

from consumers.notifying.message import message
from consumers.notifying.outcome import WITHIN, Told, Untold, Way
from outbox import metrics
from outbox.failpoints import Point, reach
from outbox.notices import Claimed, Hearing, Teller

log = structlog.get_logger()

LEASE = 3 * WITHIN
"""How soon another notifier takes over the route of a dead one."""
SOONEST, LATEST = dt.timedelta(seconds=5), dt.timedelta(minutes=5)
"""The first and the longest pause after a failure."""


class Telling:
    """One route, in a thread of its own: one that hangs holds up no other."""

    def __init__(
        self, teller: Teller, hearing: Hearing, way: Way, *, label: str, console: str
    ) -> None:
        """`label` names the route in metrics and in the log, where no address may be."""
        self._teller, self._hearing, self._way = teller, hearing, way
        self._label, self._console = label, console

    def look(self) -> int:
        """Tell what there is to tell; give back how much that was."""
        reach(Point.BEFORE_NOTIFYING)
        claimed = self._teller.claim(self._hearing)
        if claimed is None:
            return 0
        reach(Point.NOTICES_CLAIMED)
        now, route = dt.datetime.now(dt.UTC), self._hearing.route
        match self._way.tell(message(route, claimed.notices, self._console, now)):
            case Told():
                self._told(claimed)
            case Untold(reason, pause):
                self._untold(claimed, reason, pause)
            case never:
                assert_never(never)
        return len(claimed.notices)

    def _told(self, claimed: Claimed) -> None:
        reach(Point.AFTER_TELLING)
        self._teller.record(self._hearing.route, claimed.fence, claimed.notices)
        reach(Point.AFTER_NOTIFIED)
        metrics.NOTIFICATIONS.labels(route=self._label, outcome="told").inc()
        log.info("people notified", route=self._label, of=len(claimed.notices))

    def _untold(self, claimed: Claimed, reason: str, wish: dt.timedelta) -> None:
        pause = max(wish, pause_after(claimed.failures))
        self._teller.postpone(self._hearing.route, claimed.fence, pause)
        reach(Point.AFTER_POSTPONED)
        metrics.NOTIFICATIONS.labels(route=self._label, outcome="untold").inc()
        log.error(
            "notification failed",
            route=self._label,
            why=reason,
            again_in=f"{pause.total_seconds():.0f}s",
        )


def pause_after(failures: int) -> dt.timedelta:
    """How long a route is left alone that has failed so often before this failure."""
    return min(SOONEST * (1 << min(failures, 30)), LATEST)
