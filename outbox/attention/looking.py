"""Note what is open before a person, for a yes that must not come before it was read."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy

from outbox.screens.reading import one
from outbox.store import Connection, call


def is_asked(look: sqlalchemy.Connection) -> bool:
    """Whether the policy in force asks anything of people's attention."""
    return bool(one(look, "screen_attends")["asked"])


def look_at(connection: Connection, ids: Sequence[int], actor: str) -> None:
    """These were served to them just now, on one page.

    Only the first time counts.  Nothing is noted where the policy asks for no attention, and
    nothing of what does not wait for a person.
    """
    call(connection, "look_at", ids=sorted(ids), actor=actor)
