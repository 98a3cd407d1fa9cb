"""An intent in the hands of a person who is deciding on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from psycopg.rows import class_row

from outbox.errors import NotFound
from outbox.store import Connection, calling


@dataclass(frozen=True, slots=True)
class Held:
    """An intent that nobody else can decide on while we look at it."""

    id: int
    state: str
    version: int
    digest: str
    channel: str
    approval_id: int | None
    moved_at: dt.datetime
    now: dt.datetime
    traceparent: str | None


def same_person(one: str, other: str) -> bool:
    """Whether two names are spelled for one person."""
    return one.strip().casefold() == other.strip().casefold()


def hold(connection: Connection, id: int) -> Held:
    """Keep everyone else from deciding on it until the transaction ends.

    Raises `NotFound`.
    """
    with connection.cursor(row_factory=class_row(Held)) as cursor:
        held = cursor.execute(calling("hold", "wanted"), {"wanted": id}).fetchone()
    if held is None:
        raise NotFound(f"there is no intent {id}")
    return held
