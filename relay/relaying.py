"""The relay: publish every recorded move to Kafka, as soon and as long as there is one.

It keeps nothing: the queue is in the database, and a relay that dies at any instant costs
a second copy of some events, never an event.  While Kafka is down no transaction is open,
nothing is counted against any event, and the loop comes back by itself.
"""

from __future__ import annotations

import datetime as dt
import threading

import structlog

from outbox.errors import BadSettings, DependencyDown
from outbox.failpoints import Point, reach
from outbox.metrics import LAST_LOOK, PUBLISH_FAILURES
from outbox.store import Connection
from relay.held import Held
from relay.producer import Outlet
from relay.publishing import SHARDS, Batch, publish_batch
from relay.slots import Slots

log = structlog.get_logger()

PER_SHARD = 64
BEHIND_PER_SHARD = 256
"""Of a backlog: a larger batch is cheaper, and a crash publishes more of it twice."""
MOST_PER_SHARD = 4096

BUSY = dt.timedelta(milliseconds=10)
IDLE = dt.timedelta(milliseconds=50)

SOONEST = dt.timedelta(milliseconds=250)
LATEST = dt.timedelta(seconds=5)
"""The first and the longest wait before Kafka is tried again."""


def relay(connection: Connection, outlet: Outlet, stop: threading.Event) -> None:
    """Publish batch after batch until `stop` is set; every batch is a whole one."""
    reach(Point.AFTER_SESSION)
    log.info("relay started")
    held, slots = Held(), Slots()
    pause, window = BUSY, PER_SHARD
    while not stop.is_set():
        try:
            batch = publish_batch(connection, outlet, held, per_shard=window)
        except DependencyDown as outage:
            _wait_out(outage, outlet, stop)
            continue
        LAST_LOOK.labels(stage="relay").set_to_current_time()
        slots.clear(connection, batch.published)
        pause, window = _pause(batch, pause), _window(batch)
        stop.wait(pause.total_seconds())


def _pause(batch: Batch, last: dt.timedelta) -> dt.timedelta:
    if batch.published >= PER_SHARD:
        return dt.timedelta(0)
    return BUSY if batch.published else min(max(2 * last, BUSY), IDLE)


def _window(batch: Batch) -> int:
    # What is held stands before the others in its shard: look past it.
    past = batch.claimed - batch.published
    behind = batch.published >= PER_SHARD * SHARDS // 2
    return min((BEHIND_PER_SHARD if behind else PER_SHARD) + past, MOST_PER_SHARD)


def _wait_out(outage: DependencyDown, outlet: Outlet, stop: threading.Event) -> None:
    """Come back with a fresh producer once Kafka answers; no transaction is open here."""
    PUBLISH_FAILURES.labels("kafka_down").inc()
    log.warning("kafka down", error=str(outage))
    wait = SOONEST
    while not stop.wait(wait.total_seconds()):
        try:
            outlet.rebuild()
        except (DependencyDown, BadSettings):  # a secret may be in the middle of its change
            wait = min(2 * wait, LATEST)
        else:
            log.info("kafka back")
            return
