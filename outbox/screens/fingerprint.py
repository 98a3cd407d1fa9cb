"""Whether anything has changed that a screen shows."""

from __future__ import annotations

from sqlalchemy import Connection

from outbox.screens.reading import one


def fingerprint(connection: Connection) -> str:
    """Another value than before once anything has; ask it in a transaction of its own.

    Times go by without it.  It may change although nothing has that you can see.
    """
    return str(one(connection, "screen_fingerprint")["fingerprint"])
