"""An intent in the hands of a person who is deciding on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from outbox.errors import Conflict


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


def same_person(one: str, other: str) -> bool:
    """Whether two names are spelled for one person."""
    return one.strip().casefold() == other.strip().casefold()


def changed(id: int, version: int, digest: str) -> Conflict:
    """What a person decides on is no longer what they have read."""
    return Conflict(
        f"intent {id} is now version {version} with digest {digest}",
        hint=f"read what it says now: holdshort show {id}",
    )
