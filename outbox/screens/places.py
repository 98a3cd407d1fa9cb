"""A place in a list: what a page begins after, as one opaque word of an address."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from outbox.errors import BadSearch


@dataclass(frozen=True, slots=True)
class Place:
    """Where one row is in the order of its list."""

    moment: dt.datetime
    id: int

    def __str__(self) -> str:
        return f"{self.moment.astimezone(dt.UTC):%Y%m%dT%H%M%S.%f}-{self.id}"


def place_of(said: str) -> Place:
    """Read one back.  Raises `BadSearch`."""
    moment, _, id = said.rpartition("-")
    try:
        when = dt.datetime.strptime(moment, "%Y%m%dT%H%M%S.%f").replace(tzinfo=dt.UTC)
        return Place(when, int(id))
    except ValueError:
        raise BadSearch(
            f"{said!r} is no place in a list", hint="begin at its first page"
        ) from None
