"""What waits for a person longer than the policy lets it wait unheard."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue:
    """One step that is due for one intent, whether or not it was taken."""

    id: int
    state: str
    since: dt.datetime
    """When its wait began."""
    step: str
    due: dt.datetime
    names: Sequence[str]
    """Who should hear of it; only an escalation has any."""


_OVERDUE = text("SELECT * FROM outbox.overdue()")


def overdue(connection: Connection) -> tuple[Overdue, ...]:
    """Everything that is, the longest due first."""
    return tuple(Overdue(**row) for row in connection.execute(_OVERDUE).mappings())
