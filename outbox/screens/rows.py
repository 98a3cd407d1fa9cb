"""The rows of a list, read by their keys."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping

from outbox.screens.reading import rows
from outbox.screens.views import Assent, Money, Row


def rows_of(connection: Connection, ids: Sequence[int]) -> tuple[Row, ...]:
    """What a list shows of these, in this order; what may not be seen is left out."""
    if not ids:
        return ()
    return tuple(_row(row) for row in rows(connection, "screen_rows", ids=[*ids]))


def _row(found: RowMapping) -> Row:
    told: dict[str, Any] = dict(found)
    money = Money(value=told.pop("value"), currency=told.pop("currency"))
    given, missing = told.pop("given"), told.pop("missing")
    return Row(
        amount=money if told.pop("names_amount") else None,
        assent=None if missing is None else Assent(given=given, missing=missing),
        **told,
    )
