"""What a page is as new as: something that is other once anything has changed."""

from __future__ import annotations

import sqlalchemy
from sqlalchemy import func, select

from outbox import tables

_LATE = 1000
"""How many numbers back an event may still appear: they are given before they commit."""
_SEQ = tables.event.c.seq
_LAST = select(func.max(_SEQ)).correlate(None).scalar_subquery()
# Never the last number alone: one that was given earlier may become visible later.
_STANDS = select(
    _LAST,
    select(func.count()).where(_SEQ > _LAST - _LATE).scalar_subquery(),
    select(tables.switch.c.flipped_at).scalar_subquery(),
)


def stands(look: sqlalchemy.Connection) -> str:
    """Of the moment that this connection sees."""
    last, lately, flipped_at = look.execute(_STANDS).one()
    turned = "" if flipped_at is None else f"-{flipped_at.timestamp()}"
    return f"{last or 0}-{lately}{turned}"
