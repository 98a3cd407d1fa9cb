"""Which ids belong to a span of time: they are counted up as intents are proposed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection

from outbox.screens.reading import one
from outbox.search.asking import Asked

SLACK = dt.timedelta(hours=1)
"""How long a transaction that proposes may last: an id is taken within it, and the time of its
beginning is what is kept."""


@dataclass(frozen=True, slots=True)
class Span:
    """Ids between two others."""

    above: int | None = None
    below: int | None = None

    def within(self, *, above: int | None, below: int | None) -> Span:
        """What is in both."""
        span = self
        if above is not None:
            span = replace(span, above=max(above, self.above or above))
        if below is not None:
            span = replace(span, below=min(below, self.below or below))
        return span

    def holds(self, id: ColumnElement[Any]) -> list[ColumnElement[bool]]:
        """What must hold of an id."""
        above = [] if self.above is None else [id > self.above]
        below = [] if self.below is None else [id < self.below]
        return above + below


def span_of(connection: Connection, asked: Asked) -> Span:
    """Where the dates are that are asked for; some dozen rows are read."""
    span = Span()
    if asked.after:
        first = _first_since(connection, max(asked.after) - SLACK)
        span = replace(span, above=first - 1)
    if asked.before:
        span = replace(span, below=_first_since(connection, min(asked.before) + SLACK))
    return span


def _first_since(connection: Connection, moment: dt.datetime) -> int:
    return int(one(connection, "search_since", moment=moment)["id"])
