"""What became of what each producer proposed, counted off the receipts in the log."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from sqlalchemy import Connection

from outbox.screens.reading import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many, in a span of time."""

    proposed: int = 0
    approved: int = 0
    rejected: int = 0
    sent_back: int = 0
    sent: int = 0
    stranded: int = 0

    @property
    def approval_rate(self) -> float | None:
        """Of those that were decided on, how many were approved: 0 to 1; None of none."""
        decided = self.approved + self.rejected + self.sent_back
        return self.approved / decided if decided else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """One producer."""

    producer: str
    today: Tally
    """The last 24 hours, and what has passed of the present one."""
    month: Tally
    """The last 30 days."""
    last_seen: dt.datetime | None
    """When it has last proposed anything."""
    wait: dt.timedelta | None
    """The median of how long a person's yes took, among the last 1000 approvals of all; None
    if none of them was of this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """What happened in one hour."""

    hour: dt.datetime
    proposed: int
    approved: int
    sent: int
    stranded: int


def agents(connection: Connection) -> tuple[Agent, ...]:
    """Every producer of the last 30 days, the busiest first."""
    found: dict[str, dict[bool, Tally]] = {}
    for row in rows(connection, "screen_agents"):
        told = dict(row)
        producer, today = told.pop("producer"), told.pop("today")
        found.setdefault(producer, {})[today] = Tally(**told)
    named = sorted(found)
    last = rows(connection, "screen_last_seen", producers=named)
    seen = {row["producer"]: row["last_seen"] for row in last}
    waits = {row["producer"]: row["wait"] for row in rows(connection, "screen_waits")}
    each = [
        Agent(
            producer=name,
            today=found[name].get(True, Tally()),
            month=_sum(found[name]),
            last_seen=seen.get(name),
            wait=waits.get(name),
        )
        for name in named
    ]
    return tuple(sorted(each, key=lambda agent: (-agent.month.proposed, agent.producer)))


def _sum(parts: dict[bool, Tally]) -> Tally:
    each = [asdict(part) for part in parts.values()]
    return Tally(**{name: sum(part[name] for part in each) for name in each[0]})


def hours(connection: Connection) -> tuple[Hour, ...]:
    """The last 48, the oldest first, of all producers."""
    return tuple(Hour(**row) for row in rows(connection, "screen_hours"))
