"""What becomes of a notification, and what a way to people is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol

from consumers.notifying.message import Message

WITHIN = dt.timedelta(seconds=20)
"""How long telling may take, all of it but the resolving of a name."""


@dataclass(frozen=True, slots=True)
class Told:
    """The other side has said that it took it."""


@dataclass(frozen=True, slots=True)
class Untold:
    """It has not said so, and is asked again: what it took nevertheless comes twice."""

    reason: str
    """Without secrets; it may name an address."""
    pause: dt.timedelta = dt.timedelta(0)
    """How long it wants to be left alone."""


Outcome = Told | Untold


class Way(Protocol):
    """How one route gets to people."""

    def tell(self, message: Message) -> Outcome: ...
