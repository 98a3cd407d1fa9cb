"""What is true of the database as a whole, read at each scrape.

Exported by one process only: two would count everything twice.  Whether sending is armed
depends on where a sender stands, so each sender says that of itself.
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
from outbox.calibration import reading as decided
from outbox.errors import BadArtifact, DependencyDown
from outbox.lifecycle import FINAL, State
from outbox.manifest import required
from outbox.metrics import Reading
from outbox.policy.steps import Step
from outbox.policy.waiting import overdue
from outbox.screens.reading import one, rows
from outbox.views import Waiting

log = structlog.get_logger()

_STATES = [state for state in State if state not in FINAL and state is not State.UNBORN]
_NUMBERS = {
    "outbox_age": metrics.OUTBOX_AGE,
    "attest_age": metrics.ATTEST_AGE,
    "log_size": metrics.LOG_SIZE,
    "not_due": metrics.NOT_DUE,
    "deferred": metrics.DEFERRED,
    "routes_failing": metrics.ROUTES_FAILING,
    "cap_used": metrics.CAP_USED,
    "decoys_caught": metrics.DECOYS_CAUGHT,
    "decoys_missed": metrics.DECOYS_MISSED,
    "overruled": metrics.OVERRULED,
    "tightened": metrics.TIGHTENED,
}
"""The columns of `gauge_numbers.sql`."""
READINGS = (
    *(metrics.READ, metrics.INTENTS, metrics.OLDEST_AGE, metrics.OLDEST_DUE, metrics.OVERDUE),
    *(metrics.CALIBRATION_ERROR, metrics.CALIBRATION_DRIFT),
    *(metrics.OUTBOUND_ENABLED, metrics.OUTBOX_UNPUBLISHED, metrics.RECEIPTS_UNATTESTED),
    *_NUMBERS.values(),
)


class StateGauges(Collector):
    """The state gauges; without a database one of them says so, and the scrape goes on."""

    def __init__(self, connect: Callable[[], Connection]) -> None:
        self._connect = connect

    def describe(self) -> list[GaugeMetricFamily]:
        """Their names, so that registering them asks no database."""
        return [reading.family() for reading in READINGS]

    def collect(self) -> list[GaugeMetricFamily]:
        """Read them all in one moment."""
        try:
            with self._connect() as connection:
                return [*_families(connection), _of(metrics.READ, 1)]
        except (DBAPIError, DependencyDown) as error:
            log.warning("state gauges unread", why=type(error).__name__)
            return [_of(metrics.READ, 0)]


def _of(reading: Reading, value: float) -> GaugeMetricFamily:
    family = reading.family()
    family.add_metric((), value)
    return family


def _families(connection: Connection) -> Iterator[GaugeMetricFamily]:
    waiting = queries.waiting(connection)
    yield _intents(waiting)
    yield _oldest(waiting)
    yield _due(connection)
    yield _overdue(connection)
    yield from _calibration(connection)
    yield _of(metrics.OUTBOUND_ENABLED, queries.switch(connection).outbound)
    yield _of(metrics.OUTBOX_UNPUBLISHED, queries.unpublished(connection))
    yield _of(metrics.RECEIPTS_UNATTESTED, proofs.unattested(connection))
    for column, value in one(connection, "gauge_numbers").items():
        yield _of(_NUMBERS[column], value)


def _intents(waiting: tuple[Waiting, ...]) -> GaugeMetricFamily:
    # Zeros, too: nothing stranded is worth knowing, and not the same as no answer.
    counted = Counter[tuple[str, str]]()
    for found in waiting:
        counted[found.state, _channel(found.channel)] += found.intents
    channels = sorted({channel for _, channel in counted} | {"email"})
    family = metrics.INTENTS.family()
    for labels in product(_STATES, channels):
        family.add_metric(labels, counted[labels])
    return family


def _channel(said: str) -> str:
    """What an agent says is no label before it is known to be a channel."""
    try:
        required(said)
    except BadArtifact:
        return "other"
    return said


def _overdue(connection: Connection) -> GaugeMetricFamily:
    counted = Counter(found.step for found in overdue(connection))
    family = metrics.OVERDUE.family()
    for step in Step:
        family.add_metric([step], counted[step])
    return family


def _calibration(connection: Connection) -> Iterator[GaugeMetricFamily]:
    """Of what nobody knows yet, no number is told."""
    error, drift = metrics.CALIBRATION_ERROR.family(), metrics.CALIBRATION_DRIFT.family()
    for found in decided.together(connection):
        labels = [_channel(found.channel)]
        if found.together.curve.error is not None:
            error.add_metric(labels, found.together.curve.error)
        if found.drift is not None:
            drift.add_metric(labels, found.drift)
    yield error
    yield drift


def _due(connection: Connection) -> GaugeMetricFamily:
    family = metrics.OLDEST_DUE.family()
    for row in rows(connection, "gauge_due"):
        family.add_metric([row["stage"]], row["seconds"])
    return family


def _oldest(waiting: tuple[Waiting, ...]) -> GaugeMetricFamily:
    family = metrics.OLDEST_AGE.family()
    for state in _STATES:
        ages = [found.oldest.total_seconds() for found in waiting if found.state == state]
        family.add_metric([state], max(ages, default=0.0))
    return family
