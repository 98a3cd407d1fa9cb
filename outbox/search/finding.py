"""Find what is asked for, the newest first, without ever looking at more than `MOST`.

The index that names the fewest intents says at which to look.  Where each names more than
`MOST`, only the nearest of them are looked at, and the answer says so: the next page goes on
from where this one has ended.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Select, select

from outbox.errors import BadSearch
from outbox.screens.rows import rows_of
from outbox.screens.views import Row
from outbox.search.asking import Asked
from outbox.search.conditions import conditions
from outbox.search.dates import span_of
from outbox.search.looking import Look, looking
from outbox.tables import intent


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page of what was found, the newest first."""

    rows: tuple[Row, ...]
    earlier: str | None
    """Where the page before this one ends: `before=`; None on the first."""
    later: str | None
    """Where the page after this one begins: `after=`; None on the last."""
    whole: bool
    """False: `MOST` were looked at, and the page is not full: go on, there may be more."""


def found(
    connection: Connection,
    asked: Asked,
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = 50,
) -> Found:
    """A page of what is asked for.  Raises `BadSearch` for what is no place in it."""
    newer, older = _id(before), _id(after)
    span = span_of(connection, asked).within(above=newer, below=older)
    look = looking(connection, asked, span, falling=newer is None)
    ids = list(connection.scalars(_page(look, asked, size + 1)))
    full = len(ids) > size
    ids = ids[:size]
    ahead = ids[-1] if full else look.reached(connection)
    if newer is None:
        earlier, later = _behind(ids, older and older - 1), ahead
    else:
        ids, (earlier, later) = ids[::-1], (ahead, ids[0] if ids else newer + 1)
    return Found(
        rows=rows_of(connection, ids),
        earlier=None if earlier is None else str(earlier),
        later=None if later is None else str(later),
        whole=full or ahead is None,
    )


def _behind(ids: list[int], begun: int | None) -> int | None:
    """Where a page that is not the first begins."""
    return None if begun is None else max(ids, default=begun)


def _page(look: Look, asked: Asked, most: int) -> Select[int]:
    """Each is looked at by its key, one after the other, until there are enough."""
    ids = look.ids()
    fits = (
        select(intent.c.id)
        .where(intent.c.id == ids.c.id, *look.span.holds(intent.c.id), *conditions(asked))
        .limit(1)  # or it would be joined in another way
        .lateral("fits")
    )
    return (
        select(fits.c.id)
        .select_from(ids.join(fits, ids.c.id == fits.c.id))
        .order_by(look.sorted(ids.c.id))
        .limit(most)
    )


def _id(place: str | None) -> int | None:
    if place is None:
        return None
    if not (place.isascii() and place.isdigit() and len(place) <= 18):
        raise BadSearch(f"{place!r} is no place in a search", hint="begin at its start")
    return int(place)
