"""How far an attempt can come, what can happen there, and how long it may take."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from consumers.channels.line import Broken, Deadline


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
    NO_ANSWER = Broken.NO_ANSWER.value
    DISTRUST = Broken.DISTRUST.value


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
