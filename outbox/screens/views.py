"""What a list shows of an intent without opening it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """What a mail says it is about."""

    value: int | None
    """In the smallest unit; None: it names an amount that nobody can read."""
    currency: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assent:
    """How many people have said yes to what waits for them, under the policy in force."""

    given: int
    missing: int
    """How many more at least."""

    @property
    def needed(self) -> int:
        """At least so many in all."""
        return self.given + self.missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a list, or of what a search has found."""

    id: int
    key: str
    state: str
    since: dt.datetime
    """When it came into this state."""
    created_at: dt.datetime
    channel: str
    producer: str
    version: int
    sender: str | None
    subject: str | None
    """Both None once its bytes are erased, and for what is no mail."""
    to: str | None
    """The first of its recipients by the alphabet; None if there is none, or no more."""
    more: int
    """How many others there are."""
    amount: Money | None
    confidence: float | None
    """The least that counts of the scores of this version; None before the first."""
    assent: Assent | None
    """None unless it waits for a person."""
    deferred_until: dt.datetime | None
    """Until then it is out of sight; None: it is not."""
    due: dt.datetime | None
    """When somebody should hear that it waits; None where the policy does not say."""
    overdue: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One page of a list, in the order of the list."""

    rows: tuple[Row, ...]
    earlier: str | None
    """Where the page before this one ends: `before=`; None on the first."""
    later: str | None
    """Where the page after this one begins: `after=`; None on the last."""
