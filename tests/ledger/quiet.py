"""Quiet hours, set in one line, and asked about at an instant."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from outbox.limits.setting import Limits, Scope
from outbox.store import Connection

DAILY = range(1, 8)


def quiet(
    limits: Limits,
    hours: str,
    zone: str = "UTC",
    *,
    days: Sequence[int] = DAILY,
    scope: Scope = Scope.EVERYTHING,
    name: str = "",
) -> int:
    starts, ends = map(dt.time.fromisoformat, hours.split("-"))
    return limits.set_quiet_hours(scope, name, days=days, starts=starts, ends=ends, zone=zone)


def until(db: Connection, intent: int, instant: str) -> str:
    """When these quiet hours end, in UTC; empty if it is not quiet at this instant."""
    query = (
        "SELECT reason, to_char(until AT TIME ZONE 'UTC', 'DD HH24:MI')"
        " FROM outbox.limits(%s, %s)"
    )
    rows = db.execute(query, (intent, instant + "Z")).fetchall()
    assert {reason for reason, _ in rows} <= {"quiet_hours"}
    return max((end for _, end in rows), default="")
