"""An intent in the hands of a person who is deciding on it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


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
