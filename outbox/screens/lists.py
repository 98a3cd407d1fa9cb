"""The lists: what waits, the longest first; what is over, the newest first.

Pages go by the time of the last move and the id: what moves meanwhile shifts nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Subquery,
    literal_column,
    select,
    true,
    tuple_,
    union_all,
)

from outbox.deferred import OUT_OF_SIGHT
from outbox.lifecycle import State
from outbox.screens.places import Place, place_of
from outbox.screens.rows import rows_of
from outbox.screens.views import Listed
from outbox.tables import intent

SIZE = 50
"""Rows of a page."""


class Which(StrEnum):
    """A list, by the name of its screen."""

    REVIEW = "review"
    APPROVE = "approve"
    DEFERRED = "deferred"
    STRANDED = "stranded"
    SENDING = "sending"
    ARRIVING = "arriving"
    SENT = "sent"
    CLOSED = "closed"


_ALL = true()


@dataclass(frozen=True, slots=True)
class _Order:
    states: tuple[State, ...]
    newest_first: bool = False
    where: ColumnElement[bool] = _ALL
    """What is so of its rows, too."""


LISTS = {
    Which.REVIEW: _Order((State.IN_REVIEW,), where=~OUT_OF_SIGHT),
    Which.APPROVE: _Order((State.AWAITING_APPROVAL,), where=~OUT_OF_SIGHT),
    Which.DEFERRED: _Order((State.IN_REVIEW, State.AWAITING_APPROVAL), where=OUT_OF_SIGHT),
    Which.STRANDED: _Order((State.STRANDED,)),
    Which.SENDING: _Order((State.APPROVED, State.SENDING, State.RELEASING)),
    Which.ARRIVING: _Order((State.SUBMITTED, State.SCORING, State.SCORED, State.SENT_BACK)),
    Which.SENT: _Order((State.SENT,), newest_first=True),
    Which.CLOSED: _Order((State.REJECTED, State.WITHDRAWN, State.EXPIRED), newest_first=True),
}

_MOMENT, _ID = intent.c.moved_at, intent.c.id


def listed(
    connection: Connection,
    which: Which,
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = SIZE,
) -> Listed:
    """One page: the first, the one after a place, or the one before it.

    Raises `BadSearch` for what is no place.
    """
    order = LISTS[which]
    backward = before is not None
    begin = place_of(before or after or "") if before or after else None
    found = connection.execute(_places(order, begin, size + 1, backward=backward)).all()
    places = [Place(*row) for row in found[:size]]
    if backward:
        places.reverse()
    more_behind, more_ahead = len(found) > size, begin is not None
    if backward:
        more_behind, more_ahead = more_ahead, more_behind
    return Listed(
        rows=rows_of(connection, [place.id for place in places]),
        earlier=str(places[0]) if places and more_ahead else None,
        later=str(places[-1]) if places and more_behind else None,
    )


def _places(order: _Order, begin: Place | None, most: int, *, backward: bool) -> Select[Any]:
    """The places of one page, each state read in the order of its index."""
    falling = order.newest_first is not backward
    each = [_of_state(state, order, begin, most, falling) for state in order.states]
    [whole] = each if len(each) == 1 else [_together(each)]
    columns = (whole.c.moved_at, whole.c.id)
    return select(*columns).order_by(*_sorted(columns, falling)).limit(most)


def _together(each: Sequence[Subquery]) -> Subquery:
    return union_all(*(select(one) for one in each)).subquery()


def _of_state(
    state: State, order: _Order, begin: Place | None, most: int, falling: bool
) -> Subquery:
    # Written out: a parameter would hide the partial index.
    of_it = intent.c.state == literal_column(f"'{state}'")
    statement = select(_MOMENT, _ID).where(of_it, order.where)
    if begin is not None:
        here, there = tuple_(_MOMENT, _ID), tuple_(begin.moment, begin.id)
        statement = statement.where(here < there if falling else here > there)
    return statement.order_by(*_sorted((_MOMENT, _ID), falling)).limit(most).subquery()


def _sorted(
    columns: tuple[ColumnElement[object], ...], falling: bool
) -> list[ColumnElement[object]]:
    return [column.desc() if falling else column for column in columns]
