"""What a channel is, and what can become of a send.

A channel does everything reversible first, asks for the permit at the last moment, and
only then writes the bytes that cannot be taken back.  Which value it returns depends on
the phase it reached, never on the type of an exception.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from pydantic import JsonValue

from outbox.claim import Claim
from outbox.manifest import Transport

Evidence = dict[str, JsonValue]
"""What the other side answered and what was checked: JSON, no secret, no body."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """The other side took it, and said so."""

    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Refused:
    """Nothing left, and nothing will without a person: a definite, permanent no."""

    reason: str
    evidence: Evidence = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Deferred:
    """Nothing left; the same bytes may leave later under the same approval."""

    reason: str
    evidence: Evidence = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Halted:
    """Nothing left, and the destination cannot be trusted: its TLS or its login failed."""

    reason: str
    evidence: Evidence = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Uncertain:
    """Something may have left.  Only a person can find out."""

    reason: str
    evidence: Evidence = field(default_factory=dict)


Outcome = Delivered | Refused | Deferred | Halted | Uncertain

Permit = Callable[[], None]
"""Ask for the leave to cross the point of no return.

Returns once it is recorded.  Raises `outbox.errors.GateClosed` or `LeaseLost` when it is
not given; a channel lets that through and has written nothing that counts.
"""


class Channel(Protocol):
    """A way out of the building."""

    @property
    def transport(self) -> Transport:
        """How well what leaves by it is protected, as it is really set."""
        ...

    def send(self, claim: Claim, permit: Permit) -> Outcome:
        """Make the one attempt.  Calls `permit` at most once and never raises for
        anything the wire did."""
        ...

    def let_go(self) -> None:
        """Nothing is to be sent now: let go of what was kept for the next send."""
        ...
