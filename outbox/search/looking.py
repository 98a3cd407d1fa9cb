"""At which intents to look: those that one index names, if it names few; else the nearest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, func, select

from outbox.search.asking import Asked
from outbox.search.conditions import EVERYTHING, Source, sources
from outbox.search.dates import Span

MOST = 3_000
"""Intents that are looked at for one page, where no index names few enough."""


@dataclass(frozen=True, slots=True)
class Look:
    """The intents that are looked at, in one direction."""

    source: Source
    span: Span
    falling: bool
    """From new to old."""
    whole: bool
    """Whether these are all that the source names."""

    def ids(self) -> Subquery:
        """Their ids, in order, each once."""
        some = self._some()
        return select(some.c.id).distinct().order_by(self.sorted(some.c.id)).subquery("looked")

    def reached(self, connection: Connection) -> int | None:
        """The last of them, if the source names more."""
        if self.whole:
            return None
        some = self._some()
        last = func.min(some.c.id) if self.falling else func.max(some.c.id)
        number, id = connection.execute(select(func.count(), last)).one()
        return int(id) if number == MOST else None

    def sorted(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        return column.desc() if self.falling else column.asc()

    def _some(self) -> Subquery:
        statement = _within(self.source, self.span)
        if not self.whole:
            statement = statement.order_by(self.sorted(self.source.id))
        return statement.limit(MOST).subquery("some")


def looking(connection: Connection, asked: Asked, span: Span, *, falling: bool) -> Look:
    """Through the source that names the fewest; if all name too many, through the one that
    names them most exactly."""
    given = list(sources(asked))
    counted = [(_counted(connection, source, span), source) for source in given]
    few = [one for one in counted if one[0] <= one[1].most]
    if few:
        return Look(min(few, key=lambda one: one[0])[1], span, falling, whole=True)
    ordered = (source for source in given if source.ordered)
    return Look(next(ordered, EVERYTHING), span, falling, whole=False)


def _counted(connection: Connection, source: Source, span: Span) -> int:
    """How many it names; of too many, no more than are needed to see that."""
    few = _within(source, span).limit(source.most + 1).subquery()
    return connection.scalar(select(func.count()).select_from(few)) or 0


def _within(source: Source, span: Span) -> Select[int]:
    # What comes in another order would be read in vain, one by one.
    return source.ids.where(*span.holds(source.id)) if source.ordered else source.ids
