"""A named person sets and lifts limits.

What is set holds for every permit that is given afterwards: setting waits for those that
are being given.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from outbox.errors import BadSettings, NotFound
from outbox.limits.names import address, domain
from outbox.store import Connection, call, refusals

_COMMANDS = {"cap": "cap", "suppression": "suppress"}


class Scope(StrEnum):
    """What a cap counts: every attempt, or those of one of these."""

    EVERYTHING = "everything"
    CHANNEL = "channel"
    PRODUCER = "producer"
    ADDRESS = "address"
    DOMAIN = "domain"


class Limits:
    """The hands of one person on the limits."""

    def __init__(self, connection: Connection, *, actor: str) -> None:
        if not actor.strip():
            raise BadSettings("a limit names who set it", hint="add --by NAME")
        self._connection = connection
        self._actor = actor

    def set_cap(self, scope: Scope, name: str, *, most: int, span: dt.timedelta) -> int:
        """Allow at most `most` attempts in any `span` of time; give back the cap's id.

        Without a name it is for each channel, producer, address or domain by itself.  It
        takes the place of the cap of the same scope, name and span.  Raises `BadSettings`.
        """
        if most < 1 or span <= dt.timedelta(0):
            raise BadSettings("a cap is at least 1, in a time longer than nothing")
        named = {
            "scope": scope,
            "name": _named(scope, name),
            "seconds": span.total_seconds(),
            "actor": self._actor,
        }
        with self._connection.transaction():
            call(self._connection, "replace_cap", **named)
            [(id,)] = call(self._connection, "set_cap", most=most, **named)
        return int(id)

    def lift_cap(self, id: int) -> None:
        """Let it count no longer.  Raises `NotFound` if it does not stand."""
        self._lift("cap", id)

    def suppress(self, target: str, *, reason: str) -> int:
        """Let nothing leave to an address, or to a whole domain; give back the id.

        Raises `BadSettings`, and `Conflict` if it is suppressed already.
        """
        named = {
            "target": address(target) if "@" in target else domain(target),
            "reason": reason,
            "actor": self._actor,
        }
        with refusals():
            [(id,)] = call(self._connection, "suppress", **named)
        return int(id)

    def lift_suppression(self, id: int) -> None:
        """Let mail leave to it again.  Raises `NotFound` if it does not stand."""
        self._lift("suppression", id)

    def _lift(self, limit: str, id: int) -> None:
        if not call(self._connection, f"lift_{limit}", id=id, actor=self._actor).fetchall():
            raise NotFound(
                f"there is no {limit} {id} that stands",
                hint=f"see which there are: holdshort {_COMMANDS[limit]} list",
            )


def _named(scope: Scope, name: str) -> str:
    match scope:
        case Scope.EVERYTHING if name:
            raise BadSettings("a cap on everything has no name")
        case Scope.ADDRESS if name:
            return address(name)
        case Scope.DOMAIN if name:
            return domain(name)
        case _:
            return name
