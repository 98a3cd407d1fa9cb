"""Route what was scored: a low confidence to review, the others to approval.

A score decides how closely a person looks.  It never approves.
"""

from __future__ import annotations

import structlog

from outbox import metrics, tracing
from outbox.failpoints import Point, reach
from outbox.ledger import Ledger

log = structlog.get_logger()


def look(ledger: Ledger, *, review_below: float) -> int:
    """Route one batch; give back how many.  A missing score counts as a low one."""
    reach(Point.BEFORE_ROUTE)
    routed = ledger.route(threshold=review_below)
    if routed:
        reach(Point.AFTER_ROUTE)
        metrics.CLAIMS.labels(stage="route").inc(len(routed))
        log.info("intents routed", count=len(routed))
    for one in routed:
        with tracing.of("route", one):
            pass  # all were routed at once, and just now
    return len(routed)
