"""Route what was scored: a low confidence to review, the others to approval.

A score decides how closely a person looks.  It never approves.
"""

from __future__ import annotations

import structlog

from outbox import metrics
from outbox.failpoints import Point, reach
from outbox.ledger import Ledger

log = structlog.get_logger()


def look(ledger: Ledger, *, review_below: float) -> int:
    """Route one batch; give back how many.  A missing score counts as a low one."""
    reach(Point.BEFORE_ROUTE)
    routed = ledger.route(threshold=review_below)
    if routed:
        reach(Point.AFTER_ROUTE)
        metrics.CLAIMS.labels(stage="route").inc(routed)
        log.info("intents routed", count=routed)
    return routed
