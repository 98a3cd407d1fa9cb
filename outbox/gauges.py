"""What is true of the database as a whole, read at each scrape.

Exported by one process only: two would count everything twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import product

import structlog
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from outbox import metrics, proofs, queries
from outbox.errors import DependencyDown
from outbox.lifecycle import FINAL, State
from outbox.policy.steps import Step
from outbox.policy.waiting import overdue
from outbox.views import Waiting

log = structlog.get_logger()

_STATES = [state for state in State if state not in FINAL and state is not State.UNBORN]


class StateGauges(Collector):
    """The state gauges; without a database there are none, and the scrape goes on."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._connect = connect

    def describe(self) -> list[GaugeMetricFamily]:
        """Their names, so that registering them asks no database."""
        readings = (
            metrics.INTENTS,
            metrics.OLDEST_AGE,
            metrics.OUTBOUND_ENABLED,
            metrics.OUTBOX_UNPUBLISHED,
            metrics.OVERDUE,
            metrics.RECEIPTS_UNATTESTED,
        )
        return [reading.family() for reading in readings]

    def collect(self) -> list[GaugeMetricFamily]:
        """Read them all in one moment."""
        try:
            with self._connect() as connection:
                return list(_families(connection))
        except (DBAPIError, DependencyDown) as error:
            log.warning("state gauges unread", why=type(error).__name__)
            return []


def _families(connection: Connection) -> Iterator[GaugeMetricFamily]:
    waiting = queries.waiting(connection)
    yield _intents(waiting)
    yield _oldest(waiting)
    switch = metrics.OUTBOUND_ENABLED.family()
    switch.add_metric((), int(queries.switch(connection).outbound))
    yield switch
    unpublished = metrics.OUTBOX_UNPUBLISHED.family()
    unpublished.add_metric((), queries.unpublished(connection))
    yield unpublished
    yield _overdue(connection)
    unattested = metrics.RECEIPTS_UNATTESTED.family()
    unattested.add_metric((), proofs.unattested(connection))
    yield unattested


def _intents(waiting: tuple[Waiting, ...]) -> GaugeMetricFamily:
    # Zeros, too: nothing stranded is worth knowing, and not the same as no answer.
    counted = {(found.state, found.channel): found.intents for found in waiting}
    channels = sorted({channel for _, channel in counted} | {"email"})
    family = metrics.INTENTS.family()
    for labels in product(_STATES, channels):
        family.add_metric(labels, counted.get(labels, 0))
    return family


def _overdue(connection: Connection) -> GaugeMetricFamily:
    counted = Counter(found.step for found in overdue(connection))
    family = metrics.OVERDUE.family()
    for step in Step:
        family.add_metric([step], counted[step])
    return family


def _oldest(waiting: tuple[Waiting, ...]) -> GaugeMetricFamily:
    family = metrics.OLDEST_AGE.family()
    for state in _STATES:
        ages = [found.oldest.total_seconds() for found in waiting if found.state == state]
        family.add_metric([state], max(ages, default=0.0))
    return family
