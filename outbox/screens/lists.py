"""The lists: what waits, the longest first; what is over, the newest first.

Pages go by the time of the last move and the id: what moves meanwhile shifts nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    literal_column,
    select,
    tuple_,
    union_all,
)

from outbox.deferred import HOLDS, OUT_OF_SIGHT, deferral
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
    SENT_BACK = "sent-back"
    STRANDED = "stranded"
    SENDING = "sending"
    ARRIVING = "arriving"
    SENT = "sent"
    CLOSED = "closed"


LISTS = {
    Which.REVIEW: (State.IN_REVIEW,),
    Which.APPROVE: (State.AWAITING_APPROVAL,),
    Which.SENT_BACK: (State.SENT_BACK,),
    Which.STRANDED: (State.STRANDED,),
    Which.SENDING: (State.APPROVED, State.SENDING, State.RELEASING),
    Which.ARRIVING: (State.SUBMITTED, State.SCORING, State.SCORED),
    Which.SENT: (State.SENT,),
    Which.CLOSED: (State.REJECTED, State.WITHDRAWN, State.EXPIRED),
}
"""Of which states each is; what is deferred stays in its state, and is in no other list."""
NEWEST_FIRST = frozenset({Which.SENT, Which.CLOSED})

_MOMENT, _ID = intent.c.moved_at.label("moment"), intent.c.id.label("id")


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
    backward = before is not None
    begin = place_of(before or after or "") if before or after else None
    found = connection.execute(_places(which, begin, size + 1, backward=backward)).all()
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


def _places(which: Which, begin: Place | None, most: int, *, backward: bool) -> Select[Any]:
    """The places of one page, each state read in the order of its index."""
    page = _Page(begin, most, falling=(which in NEWEST_FIRST) is not backward)
    if which is Which.DEFERRED:
        return page.of(_deferred(), deferral.c.until, deferral.c.intent_id)
    each = [page.of(_of_state(state), intent.c.moved_at, intent.c.id) for state in LISTS[which]]
    if len(each) == 1:
        return each[0]
    whole = union_all(*(select(one.subquery()) for one in each)).subquery()
    return page.of(select(whole), whole.c.moment, whole.c.id)


def _of_state(state: State) -> Select[Any]:
    # Written out: a parameter would hide the partial index.
    statement = select(_MOMENT, _ID).where(intent.c.state == literal_column(f"'{state}'"))
    waits = state in (State.IN_REVIEW, State.AWAITING_APPROVAL)
    return statement.where(~OUT_OF_SIGHT) if waits else statement


def _deferred() -> Select[Any]:
    return select(deferral.c.until.label("moment"), _ID).join(intent, and_(*HOLDS))


@dataclass(frozen=True, slots=True)
class _Page:
    """Where it begins, how long it is, and in which direction it is read."""

    begin: Place | None
    most: int
    falling: bool

    def of(
        self, statement: Select[Any], moment: ColumnElement[Any], id: ColumnElement[Any]
    ) -> Select[Any]:
        """The rows of the statement that are on it, in order."""
        if self.begin is not None:
            here, there = tuple_(moment, id), tuple_(self.begin.moment, self.begin.id)
            statement = statement.where(here < there if self.falling else here > there)
        order = [one.desc() if self.falling else one.asc() for one in (moment, id)]
        return statement.order_by(*order).limit(self.most)
