"""What is read anew at each scrape of a process, beside what it counts."""

from __future__ import annotations

from importlib.metadata import version

import psycopg
import structlog
from prometheus_client import REGISTRY, disable_created_metrics
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from outbox import metrics
from outbox.epoch import Site, refusal, site_of
from outbox.errors import DependencyDown
from outbox.settings import Settings
from outbox.store import connect

log = structlog.get_logger()


class ArmedGauge(Collector):
    """Whether sending is armed where this sender stands; without a database, nothing."""

    def __init__(self, dsn: str, site: Site) -> None:
        self._dsn = dsn
        self._site = site

    def describe(self) -> list[GaugeMetricFamily]:
        """Its name, so that registering it asks no database."""
        return [metrics.ARMED.family()]

    def collect(self) -> list[GaugeMetricFamily]:
        """Ask over a connection of its own: no sender waits for a scrape."""
        family = metrics.ARMED.family()
        try:
            with connect(self._dsn, application="holdshort scrape") as connection:
                family.add_metric((), refusal(connection, self._site) is None)
        except (psycopg.Error, DependencyDown) as error:
            log.warning("armed gauge unread", why=type(error).__name__)
        return [family]


def export(role: str, settings: Settings) -> None:
    """Let a scrape of this process see what its role has to tell."""
    disable_created_metrics()  # type: ignore[no-untyped-call]  # twice the series, and nobody asks for them
    metrics.BUILD.labels(version=version("holdshort")).set(1)
    if role == "sweeper":  # one process only: two would count twice
        # Here, since no other role needs SQLAlchemy, and every start pays for it.
        from outbox import queries
        from outbox.gauges import StateGauges

        REGISTRY.register(StateGauges(queries.reader(settings.dsn).connect))
    if role == "sender":
        REGISTRY.register(ArmedGauge(settings.dsn, site_of(settings)))
