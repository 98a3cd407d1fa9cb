"""What limits stand, for people; the connection is one of `outbox.queries.reader`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection, select

from outbox.limits import tables


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """At most `most` attempts in any `span`; who set it, and who lifted it if it was."""

    id: int
    scope: str
    name: str
    """Empty: each by itself."""
    most: int
    span: dt.timedelta
    set_by: str
    set_at: dt.datetime
    lifted_by: str | None
    lifted_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppression:
    """To `target`, an address or a domain, nothing may leave; who says so, and why."""

    id: int
    target: str
    reason: str
    set_by: str
    set_at: dt.datetime
    lifted_by: str | None
    lifted_at: dt.datetime | None


def caps(connection: Connection) -> tuple[Cap, ...]:
    """Every cap, the lifted ones too, the newest first."""
    rows = connection.execute(select(tables.cap).order_by(tables.cap.c.id.desc()))
    return tuple(Cap(**row) for row in rows.mappings())


def suppressions(connection: Connection) -> tuple[Suppression, ...]:
    """Every suppression, the lifted ones too, the newest first."""
    table = tables.suppression
    rows = connection.execute(select(table).order_by(table.c.id.desc()))
    return tuple(Suppression(**row) for row in rows.mappings())
