"""A loop outlives an outage of its database: it is given another connection.

What it had in hand is gone with the old one, and the sweeper does with those leases what
the lifecycle says.  Nothing else is foreseen here: any other failure ends the process.
"""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

import psycopg
import structlog

from outbox import metrics
from outbox.errors import DependencyDown
from outbox.failpoints import Point, reach
from outbox.store import Connection, connect

log = structlog.get_logger()

SOONEST = dt.timedelta(milliseconds=250)
LATEST = dt.timedelta(seconds=5)
"""The first and the longest wait before the database is tried again."""


def through_outages(
    dsn: str, application: str, loop: Callable[[Connection], None], stop: threading.Event
) -> None:
    """Run `loop` with a connection, and again with another one whenever that was lost.

    Returns when `loop` does, or once `stop` is set.  Raises `DependencyDown` if there is no
    database at the start: that is a mistake, not an outage.
    """
    connection: Connection | None = connect(dsn, application=application)
    while connection is not None:
        with connection:
            try:
                loop(connection)
                return
            except psycopg.Error as failure:
                if not connection.broken:
                    raise
                metrics.DATABASE_LOST.inc()
                log.warning("database lost", error=str(failure).strip())
        connection = _another(dsn, application, stop)


def _another(dsn: str, application: str, stop: threading.Event) -> Connection | None:
    """None if `stop` came first."""
    wait = SOONEST
    while not stop.wait(wait.total_seconds()):
        try:
            connection = connect(dsn, application=application)
        except DependencyDown:
            wait = min(2 * wait, LATEST)
        else:
            log.info("database back")
            reach(Point.RECONNECTED)
            return connection
    return None
