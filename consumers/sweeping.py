"""Take away the leases of the dead, and close what is too late to send."""

from __future__ import annotations

import structlog

from outbox import metrics
from outbox.failpoints import Point, reach
from outbox.ledger import Ledger
from outbox.lifecycle import State

log = structlog.get_logger()


def look(ledger: Ledger) -> int:
    """Sweep and expire one batch; give back how many intents moved."""
    reach(Point.BEFORE_SWEEP)
    swept = ledger.sweep()
    reach(Point.AFTER_SWEEP)
    for intent in swept:
        metrics.LEASES_EXPIRED.labels(state=intent.source).inc()
        if intent.target is State.STRANDED:
            log.error("intent stranded", intent=intent.id, next=f"holdshort show {intent.id}")
        else:
            log.warning("lease swept", intent=intent.id, to=intent.target)
    reach(Point.BEFORE_EXPIRE)
    expired = ledger.expire()
    reach(Point.AFTER_EXPIRE)
    return len(swept) + expired
