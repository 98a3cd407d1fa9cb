"""How much waits, for the navigation; and for how long, for a chart."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection

from outbox.screens.reading import one, rows

MOST = 1000
"""No number of these is counted further: this many means at least as many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """How many intents are in each list, and since when the longest of them waits."""

    in_review: int
    review_since: dt.datetime | None
    awaiting_approval: int
    approval_since: dt.datetime | None
    deferred: int
    """Out of sight for a time; not among those that wait above."""
    stranded: int
    stranded_since: dt.datetime | None
    sending: int
    """Approved, in a sender's hands, or with its permit."""
    overdue: int
    """Of the hundred that wait longest in either queue."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Age:
    """How many of one state have waited from `floor` on, up to the next."""

    state: str
    floor: dt.timedelta
    number: int


def numbers(connection: Connection) -> Numbers:
    """What the navigation shows."""
    return Numbers(**one(connection, "screen_numbers"))


def ages(connection: Connection) -> tuple[Age, ...]:
    """By state, the youngest first; every span is there, also where nobody waits."""
    return tuple(Age(**row) for row in rows(connection, "screen_ages"))
