"""Recorded moves as they come, each once, however late its transaction commits.

Never only "seq > the last one seen": a number is drawn before its transaction commits, so a
smaller one may become visible after a larger one.  A place is passed once every transaction
has ended that was open, or could have begun, when it was reached.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection

from outbox.screens.reading import one, rows

MOST = 1000
"""How many moves are read at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A recorded move, or a notice of what waits."""

    seq: int
    intent: int
    source: str | None
    """None: it is a notice."""
    target: str
    role: str
    version: int
    at: dt.datetime
    notice: str | None


class Follower:
    """Whoever reads on from a place; of one intent, or of all."""

    def __init__(self, after: int, *, intent: int | None = None) -> None:
        self.after = after
        """To begin here again loses nothing; some may be told twice."""
        self._intent = intent
        self._seen: set[int] = set()
        self._reached: tuple[int, int] | None = None
        """A place, and the first transaction that could not yet have begun there."""

    def look(self, connection: Connection) -> list[Moved]:
        """What is new, in the order of its numbers; up to `MOST`."""
        asked = {"after": self.after, "intent": self._intent, "size": MOST}
        found = rows(connection, "screen_moves", **asked, seen=[*self._seen])
        names = Moved.__dataclass_fields__
        new = [Moved(**{n: row[n] for n in names}) for row in found if row["seq"] is not None]
        self._seen |= {move.seq for move in new}
        self._pass(found[0]["oldest_open"], found[0]["next"])
        return new

    def _pass(self, oldest_open: int, next: int) -> None:
        if self._reached is not None and oldest_open >= self._reached[1]:
            self.after, self._reached = self._reached[0], None
            self._seen = {seq for seq in self._seen if seq > self.after}
        if self._reached is None and self._seen:
            self._reached = max(self._seen), next


def place(connection: Connection, *, last: int) -> int:
    """The place before the last so many moves; of none, after all of them."""
    return int(one(connection, "screen_last_move", size=last)["place"])


def moved(connection: Connection, after: int) -> dict[str, int]:
    """How many moves led to each state since a place."""
    return {
        row["target"]: row["number"] for row in rows(connection, "screen_moved", after=after)
    }
