"""How far an attempt can come, what can happen there, and how long it may take."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass
from enum import StrEnum


class Phase(StrEnum):
    """In order."""

    POLICY = "policy"
    BYTES = "bytes"
    RESOLVE = "resolve"
    CONNECT = "connect"
    TLS = "tls"
    PERMIT = "permit"
    REQUEST = "request"  # the point of no return: from here on, silence means doubt
    ANSWER = "answer"
    STATUS = "status"  # a status with all of its headers is there


class Event(StrEnum):
    """How a phase can end."""

    NO = "no"  # our own, or a definite one of the other side
    LATER = "later"  # a definite one that says to come again
    DOUBT = "doubt"  # an answer that tells nobody what was done
    NO_ANSWER = "no_answer"  # closed, reset, out of time, malformed, truncated
    DISTRUST = "distrust"  # its TLS failed, or it is somebody else


class Stopped(Exception):
    """The attempt ends in its present phase; the outcome table says what that means."""

    def __init__(self, event: Event, reason: str) -> None:
        super().__init__(reason)
        self.event = event
        self.reason = reason


class Deadline:
    """The end of a phase, on the monotonic clock."""

    def __init__(self, within: dt.timedelta) -> None:
        self._at = time.monotonic() + within.total_seconds()

    def remaining(self) -> float:
        """Seconds left, more than zero.  Raises `Stopped` when there are none."""
        left = self._at - time.monotonic()
        if left <= 0:
            raise Stopped(Event.NO_ANSWER, "no answer in time")
        return left


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """The whole time that a phase on the wire may take, however slowly the other side talks."""

    connect: dt.timedelta = dt.timedelta(seconds=20)
    tls: dt.timedelta = dt.timedelta(seconds=20)
    request: dt.timedelta = dt.timedelta(minutes=2)
    answer: dt.timedelta = dt.timedelta(minutes=1)
    body: dt.timedelta = dt.timedelta(seconds=10)
    """Of the answer; what is decided by its status does not wait for it in vain."""

    def deadline(self, phase: str) -> Deadline:
        """A deadline for this phase, from now."""
        within: dt.timedelta = getattr(self, phase)
        return Deadline(within)
