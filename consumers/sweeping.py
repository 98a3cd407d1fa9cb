"""Take away the leases of the dead, close what is too late, plant decoys, say what waits."""

from __future__ import annotations

import structlog

from outbox import metrics, partitions
from outbox.attention import decoys
from outbox.failpoints import Point, reach
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.store import Connection

log = structlog.get_logger()


def look_ahead(connection: Connection) -> None:
    """Make the partitions in which the next events will be."""
    reach(Point.BEFORE_PARTITIONS)
    made = partitions.make(connection)
    reach(Point.AFTER_PARTITIONS)
    for name in made:
        log.info("partition made", partition=name)


def plant(connection: Connection, worker: str) -> int:
    """Plant the decoys that are due; nothing is logged of it, for that would give them away."""
    reach(Point.BEFORE_PLANT)
    planted = decoys.plant(connection, worker=worker)
    reach(Point.AFTER_PLANT)
    return planted


def look(ledger: Ledger) -> int:
    """Sweep, expire and remind of one batch each; give back how many that were."""
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
    return len(swept) + expired + _remind(ledger)


def _remind(ledger: Ledger) -> int:
    reach(Point.BEFORE_REMIND)
    reminded = ledger.remind()
    reach(Point.AFTER_REMIND)
    for id, step in reminded:
        metrics.OVERDUE_SAID.labels(step=step).inc()
        log.warning("intent waits", intent=id, step=step, next=f"holdshort show {id}")
    return len(reminded)
