"""What limits stand, for people; the connection is one of `outbox.queries.reader`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection, Table, select

from outbox.limits import tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What all limits have in common: who set it, and who lifted it if it was."""

    id: int
    set_by: str
    set_at: dt.datetime
    lifted_by: str | None
    lifted_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap(Limit):
    """At most `most` attempts, or so much value, in any `span`."""

    scope: str
    name: str
    """Empty: each by itself."""
    most: int
    span: dt.timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression(Limit):
    """To `target`, an address or a domain, nothing may leave, and why."""

    target: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours(Limit):
    """Nothing leaves from `starts` to `ends` by the clocks of `zone`."""

    scope: str
    name: str
    days: Sequence[int]
    """On which they begin; 1 is Monday."""
    starts: dt.time
    ends: dt.time
    """No later than `starts`: on the day after."""
    zone: str


def caps(connection: Connection) -> tuple[Cap, ...]:
    """Every cap, the lifted ones too, the newest first."""
    return _all(connection, tables.cap, Cap)


def suppressions(connection: Connection) -> tuple[Suppression, ...]:
    """Every suppression, the lifted ones too, the newest first."""
    return _all(connection, tables.suppression, Suppression)


def quiet_hours(connection: Connection) -> tuple[QuietHours, ...]:
    """All quiet hours, the lifted ones too, the newest first."""
    return _all(connection, tables.quiet_hours, QuietHours)


_L = TypeVar("_L", bound=Limit)


def _all(connection: Connection, table: Table, kind: type[_L]) -> tuple[_L, ...]:
    rows = connection.execute(select(table).order_by(table.c.id.desc()))
    return tuple(kind(**row) for row in rows.mappings())
