"""A link that signs somebody in once, for whoever sits at a terminal."""

from __future__ import annotations

import datetime as dt
import secrets

from outbox.people import accounts
from outbox.store import Connection

GOOD_FOR = dt.timedelta(minutes=10)


def link(
    connection: Connection,
    origin: str,
    person: str,
    *,
    actor: str,
    good_for: dt.timedelta = GOOD_FOR,
) -> str:
    """The address that signs `person` in at the console of this origin; `actor` gives it.

    It is good for an hour at most.  The connection is an operator's.
    """
    token = secrets.token_urlsafe(32)
    accounts.give_ticket(connection, token, person, good_for=good_for, actor=actor)
    return f"{origin}/signin/once?token={token}"
