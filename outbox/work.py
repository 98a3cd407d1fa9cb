"""The loop every consumer shares."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable

from outbox.failpoints import Point, reach


def work(look: Callable[[], int], wakeups: Iterable[object], stop: threading.Event) -> None:
    """On every wakeup, look until there is nothing left; between two looks, one may stop.

    `look` handles one batch and gives back how much it handled.  A wakeup (a Kafka
    record, a timer tick) says only "look again": it may be lost, late or doubled, since
    the rows decide.  There is no `except` here: what a stage did not foresee ends the
    process, and the sweeper does with its leases what the lifecycle says.
    """
    for _ in wakeups:
        reach(Point.WOKEN)
        while not stop.is_set() and look():
            reach(Point.LOOKED)
