"""Where a look for the oldest work begins: at the beginning, or where the last one ended.

As long as a transaction is open anywhere, however idle, PostgreSQL keeps every row version
that was left behind since, and whoever looks for the oldest goes through all of them first.
So once a look from the beginning takes long, others go on from the place of the last that
was found.  That loses nothing: what comes to be before that place (it was proposed in a
long transaction, or was given back) is found from the beginning, where a look begins again
as soon as this takes no more than a small part of the time.
"""

from __future__ import annotations

import datetime as dt
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Generic, TypeVar, cast

from outbox.store import Connection, sql

QUICK = 0.001
"""Seconds: as long as a look from the beginning takes no more, every look begins there."""
PART = 20
"""Looks from the beginning that take more have this part of the time at most."""

BEGINNING = "-infinity"

Place = TypeVar("Place", int, dt.datetime)
Found = TypeVar("Found")


class Onwards(Generic[Place]):
    """One worker's place in one queue.  Not for sharing between threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._place: Place | None = None
        self._anew_at = clock()

    def look(
        self,
        ask: Callable[[Place | None], list[Found]],
        place: Callable[[Found], Place],
        reached: Callable[[float], Place | None] = lambda _: None,
    ) -> list[Found]:
        """Ask for the first that are not before a place, or for the first of all (None).

        `reached` is the place up to which there is nothing left, where nothing was found by
        a look that began so many seconds ago; it is only asked for where that took long.
        """
        begun = self._clock()
        since = self._place if begun < self._anew_at else None
        found = ask(since)
        took = self._clock() - begun
        if since is None:
            self._anew_at = begun + took * (PART + 1) if took > QUICK else begun
        if found:
            self._place = max(place(one) for one in found)
        elif took > QUICK:
            self._place = reached(took) or self._place
        return found


class Queues:
    """One worker's places in queues that are ordered by moments of the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._onwards = defaultdict[str, Onwards[dt.datetime]](Onwards)

    def look(
        self,
        queue: str,
        ask: Callable[[dt.datetime | str], list[Found]],
        place: Callable[[Found], dt.datetime],
    ) -> list[Found]:
        """Look into this one.  What is asked begins at a moment of PostgreSQL's."""
        return self._onwards[queue].look(
            lambda since: ask(since or BEGINNING), place, self._moment
        )

    def _moment(self, ago: float) -> dt.datetime:
        asked = {"ago": dt.timedelta(seconds=ago)}
        [(moment,)] = self._connection.execute(sql("moment"), asked).fetchall()
        return cast(dt.datetime, moment)
