"""How far an attempt can come, what can happen there, and how long it may take."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from consumers.channels.line import Broken, Deadline


class Phase(StrEnum):
    """In order; STARTTLS only where the smart host wants it, and then before TLS."""

    POLICY = "policy"
    BYTES = "bytes"
    RESOLVE = "resolve"
    CONNECT = "connect"
    TLS = "tls"
    BANNER = "banner"
    EHLO = "ehlo"
    STARTTLS = "starttls"
    AUTH = "auth"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    BODY = "body"
    PERMIT = "permit"
    DOT = "dot"  # the point of no return: from here on, silence means doubt
    REPLY = "reply"


class Event(StrEnum):
    """How a phase can end."""

    ACCEPTED = "accepted"  # the answer that the phase asked for
    PERMANENT = "permanent"  # 5yz, or our own no
    TRANSIENT = "transient"  # 4yz
    ELSEWHERE = "elsewhere"  # 421, 4.3.2, 4.4.x: front ends say so after hand-over
    ODD = "odd"  # a well-formed answer to some other question
    NO_ANSWER = Broken.NO_ANSWER.value
    DISTRUST = Broken.DISTRUST.value  # or the server offers no login that we know


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeouts:
    """The whole time that a phase on the wire may take, after RFC 5321 4.5.3.2."""

    connect: dt.timedelta = dt.timedelta(minutes=1)
    tls: dt.timedelta = dt.timedelta(minutes=1)
    banner: dt.timedelta = dt.timedelta(minutes=5)
    ehlo: dt.timedelta = dt.timedelta(minutes=5)
    starttls: dt.timedelta = dt.timedelta(minutes=5)
    auth: dt.timedelta = dt.timedelta(minutes=5)
    mail: dt.timedelta = dt.timedelta(minutes=5)
    rcpt: dt.timedelta = dt.timedelta(minutes=5)
    data: dt.timedelta = dt.timedelta(minutes=2)
    body: dt.timedelta = dt.timedelta(minutes=10)
    dot: dt.timedelta = dt.timedelta(minutes=3)
    reply: dt.timedelta = dt.timedelta(minutes=10)

    def deadline(self, phase: Phase) -> Deadline:
        """A deadline for one answer in this phase, from now."""
        within: dt.timedelta = getattr(self, phase)
        return Deadline(within)
