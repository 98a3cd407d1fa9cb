"""How each person decides, for themselves and for who looks after the queue."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection

from outbox.screens.reading import one, rows

DAYS = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """One person who has decided on something.  Who has not is not here."""

    person: str
    """In lower case, as two spellings of a name are one person."""
    approved: int
    rejected: int
    sent_back: int
    took: dt.timedelta | None
    """The median of how long they had it open; None where no server has seen that."""
    hasty: int
    """Yeses faster than the pace of the policy."""
    caught: int
    missed: int
    """Decoys to which they said no, and yes."""
    seconded: int
    """Sealed yeses of theirs on which a second person has decided."""
    overruled: int
    """Of these, with a no."""
    tightened_until: dt.datetime | None
    """Until then their yes needs one more."""

    @property
    def decided(self) -> int:
        return self.approved + self.rejected + self.sent_back

    @property
    def approval_rate(self) -> float | None:
        """Of what they decided, how much they approved: 0 to 1; None of nothing."""
        return self.approved / self.decided if self.decided else None

    @property
    def catch_rate(self) -> float | None:
        """Of the decoys they met, how many they caught: 0 to 1; None of none."""
        met = self.caught + self.missed
        return self.caught / met if met else None


def reviewers(connection: Connection, *, days: int = DAYS) -> tuple[Reviewer, ...]:
    """Everybody who has decided in so many days, by name."""
    return tuple(Reviewer(**row) for row in rows(connection, "screen_attention", days=days))


def tightened_until(connection: Connection, person: str) -> dt.datetime | None:
    """Until when this person's yes needs one more; None if it does not."""
    found: dt.datetime | None = one(connection, "screen_tightened", person=person)["until"]
    return found
