"""A named person sets and lifts limits.

What is set holds for every permit that is given afterwards: setting waits for those that
are being given.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from enum import StrEnum

from outbox.errors import BadSettings, NotFound
from outbox.limits.names import address, currency, domain
from outbox.store import Connection, call, refusals

_COMMANDS = {"cap": "cap", "suppression": "suppress", "quiet_hours": "quiet"}
_LARGEST = 2**53 - 1


class Scope(StrEnum):
    """What a cap counts: every attempt, or those of one of these, or their value."""

    EVERYTHING = "everything"
    CHANNEL = "channel"
    PRODUCER = "producer"
    ADDRESS = "address"
    DOMAIN = "domain"
    VALUE = "value"


QUIETED = (Scope.EVERYTHING, Scope.CHANNEL, Scope.PRODUCER, Scope.DOMAIN)
"""What may have quiet hours."""


class Limits:
    """The hands of one person on the limits."""

    def __init__(self, connection: Connection, *, actor: str) -> None:
        if not actor.strip():
            raise BadSettings("a limit names who set it", hint="add --by NAME")
        self._connection = connection
        self._actor = actor

    def set_cap(self, scope: Scope, name: str, *, most: int, span: dt.timedelta) -> int:
        """Allow at most `most` attempts in any `span` of time; give back the cap's id.

        Of a currency it is so much value, in its smallest unit.  Without a name it is for
        each channel, producer, address, domain or currency by itself.  It takes the place
        of the cap of the same scope, name and span.  Raises `BadSettings`.
        """
        if not 1 <= most <= _LARGEST or span <= dt.timedelta(0):
            raise BadSettings("a cap is 1 to 2^53 - 1, in a time longer than nothing")
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

    def suppress(self, target: str, *, reason: str) -> int:
        """Let nothing leave to an address, or to a whole domain; give back the id.

        Raises `BadSettings`, and `Conflict` if it is suppressed already.
        """
        named = {
            "target": address(target) if "@" in target else domain(target),
            "reason": reason,
        }
        return self._set("suppress", **named)

    def set_quiet_hours(
        self,
        scope: Scope,
        name: str,
        *,
        days: Iterable[int],
        starts: dt.time,
        ends: dt.time,
        zone: str,
    ) -> int:
        """Let nothing leave from `starts` to `ends` by the clocks of `zone`, an IANA name.

        They begin on these days (1 is Monday); if they end no later than they begin, on the
        day after.  Gives back the id.  Raises `BadSettings`, and `Conflict` if they stand
        already.
        """
        return self._set(
            "set_quiet_hours",
            scope=scope,
            name=_named(scope, name),
            days=sorted(set(days)),
            starts=starts,
            ends=ends,
            zone=zone,
        )

    def lift_cap(self, id: int) -> None:
        """Let it count no longer.  Raises `NotFound` if it does not stand."""
        self._lift("cap", id)

    def lift_suppression(self, id: int) -> None:
        """Let mail leave to it again.  Raises `NotFound` if it does not stand."""
        self._lift("suppression", id)

    def lift_quiet_hours(self, id: int) -> None:
        """Let mail leave in these hours.  Raises `NotFound` if they do not stand."""
        self._lift("quiet_hours", id)

    def _set(self, function: str, **named: object) -> int:
        with refusals():
            [(id,)] = call(self._connection, function, actor=self._actor, **named)
        return int(id)

    def _lift(self, limit: str, id: int) -> None:
        if not call(self._connection, f"lift_{limit}", id=id, actor=self._actor).fetchall():
            raise NotFound(
                f"there is no {limit.replace('_', ' ')} {id} that stands",
                hint=f"see which there are: holdshort {_COMMANDS[limit]} list",
            )


def _named(scope: Scope, name: str) -> str:
    match scope:
        case Scope.EVERYTHING if name:
            raise BadSettings("what holds for everything has no name")
        case Scope.ADDRESS if name:
            return address(name)
        case Scope.DOMAIN if name:
            return domain(name)
        case Scope.VALUE if name:
            return currency(name)
        case _:
            return name
