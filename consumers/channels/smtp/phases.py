"""The phases on the wire, in order; everything up to the whole body can be undone.

A server that is hung up on before the end-of-data mark has nothing to deliver.  So the
whole body is there, and only five bytes are missing, when the permit is asked for.
"""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import hashlib
import ipaddress
import ssl
from collections.abc import Container
from dataclasses import dataclass

from consumers.channels.smtp.envelope import Capabilities, Envelope, parameters
from consumers.channels.smtp.events import Deadline, Event, Phase, Stopped, Timeouts
from consumers.channels.smtp.mime import as_read, stuffed
from consumers.channels.smtp.smarthost import Security, Smarthost, plain_token
from consumers.channels.smtp.trail import Trail
from consumers.channels.smtp.verdict import event_of
from consumers.channels.smtp.wire import Reply, Wire
from outbox.failpoints import Point, reach

DOT = b"\r\n.\r\n"
"""The point of no return."""
YES = range(200, 300)
READY = frozenset({220})
GO_ON = frozenset({334})
KNOWN = frozenset({235})
START_INPUT = frozenset({354})
NOTHING = frozenset[int]()

ALIVE = dt.timedelta(seconds=5)
"""How long a kept connection may think; a fresh one is made sooner than a slow one waits."""
COURTESY = dt.timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Conversation:
    """One connection.  Each method is one or more phases; `Stopped` ends them."""

    smarthost: Smarthost
    timeouts: Timeouts
    trail: Trail
    wire: Wire

    def open(self, context: ssl.SSLContext) -> Capabilities:
        """Greet, under verified TLS.  What was said before TLS is forgotten."""
        if self.smarthost.security is Security.IMPLICIT_TLS:
            self._encrypt(context)
            self._greeting()
            return self._ehlo()
        self._greeting()
        offered = self._ehlo()
        self.trail.enter(Phase.STARTTLS)
        if "STARTTLS" not in offered:
            raise Stopped(Event.DISTRUST, "the server does not offer STARTTLS")
        reach(Point.BEFORE_STARTTLS)
        self._ask("STARTTLS", READY)
        reach(Point.AFTER_STARTTLS)
        self._encrypt(context)
        return self._ehlo()

    def log_in(self, offered: Capabilities) -> None:
        """AUTH PLAIN, or LOGIN where that is all there is."""
        self.trail.enter(Phase.AUTH)
        reach(Point.BEFORE_AUTH)
        ways = offered.get("AUTH", "").upper().split()
        if "PLAIN" in ways:
            self._ask(f"AUTH PLAIN {plain_token(self.smarthost).decode()}", KNOWN)
        elif "LOGIN" in ways:
            self._ask("AUTH LOGIN", GO_ON)
            self._ask(_base64(self.smarthost.login), GO_ON)
            self._ask(_base64(self.smarthost.password), KNOWN)
        else:
            raise Stopped(Event.DISTRUST, "the server offers neither AUTH PLAIN nor LOGIN")
        self.trail.passed("login")
        reach(Point.AFTER_AUTH)

    def address(self, envelope: Envelope, offered: Capabilities) -> None:
        """MAIL, and RCPT for each: all are taken, or nobody gets anything."""
        self.trail.enter(Phase.MAIL)
        self._ask(f"MAIL FROM:<{envelope.sender}>{parameters(envelope, offered)}", YES)
        reach(Point.AFTER_MAIL)
        self.trail.enter(Phase.RCPT)
        refusals: dict[Event, str] = {}
        for recipient in envelope.recipients:
            reach(Point.BEFORE_RCPT)
            reply = self._exchange(f"RCPT TO:<{recipient}>")
            reach(Point.AFTER_RCPT)
            event = event_of(reply, YES)
            if event is not Event.ACCEPTED:
                refusals.setdefault(event, f"{recipient}: {reply.text}")
        if refusals:
            self.part("RSET", "QUIT")
            worst = Event.PERMANENT if Event.PERMANENT in refusals else next(iter(refusals))
            raise Stopped(worst, refusals[worst])
        self.trail.passed("every_recipient_taken")

    def hand_over(self, final: bytes, checked: str) -> None:
        """DATA and the whole body; without the mark that would make it a mail.

        Not one byte of it, if that mark would make another mail than the digest names.
        """
        body = memoryview(stuffed(final))
        if hashlib.sha256(as_read(bytes(body))).hexdigest() != checked:
            raise Stopped(Event.PERMANENT, "other bytes would be handed over than checked")
        self.trail.passed("handed_over_is_what_was_checked")
        self.trail.enter(Phase.DATA)
        self._ask("DATA", START_INPUT)
        reach(Point.AFTER_DATA)
        self.trail.enter(Phase.BODY)
        deadline = self.timeouts.deadline(Phase.BODY)
        self.wire.write(body[: len(body) // 2], deadline)
        reach(Point.MID_BODY)
        self.wire.write(body[len(body) // 2 :], deadline)
        reach(Point.AFTER_BODY)
        self._hear_nothing(deadline)

    def write_the_dot(self) -> None:
        """Cross the point of no return."""
        self.trail.enter(Phase.DOT)
        self.wire.write(DOT, self.timeouts.deadline(Phase.DOT))

    def hear_the_verdict(self) -> Reply:
        """The answer to the dot, whatever it says."""
        self.trail.enter(Phase.REPLY)
        reply = self.wire.reply(self.timeouts.deadline(Phase.REPLY))
        code = next(iter(reply.enhanced), None)
        self.trail.note(reply_code=reply.code, final_reply=reply.text, enhanced_code=code)
        return reply

    def starts_over(self) -> bool:
        """Whether a kept connection answers RSET as one does over which nothing is pending."""
        deadline = Deadline(ALIVE)
        try:
            self._hear_nothing(deadline)
            self.wire.write(b"RSET\r\n", deadline)
            reply = self.wire.reply(deadline)
        except Stopped:
            return False
        return reply.code in YES

    def part(self, *commands: str) -> None:
        """Courtesy: nothing depends on it, and nobody waits for the answer."""
        with contextlib.suppress(Stopped):
            farewell = "".join(f"{command}\r\n" for command in commands)
            self.wire.write(farewell.encode(), Deadline(COURTESY))

    def _encrypt(self, context: ssl.SSLContext) -> None:
        self.trail.enter(Phase.TLS)
        reach(Point.BEFORE_TLS)
        deadline = self.timeouts.deadline(Phase.TLS)
        self.trail.note_tls(self.wire.secure(context, self.smarthost.host, deadline))
        reach(Point.AFTER_TLS)

    def _greeting(self) -> None:
        self.trail.enter(Phase.BANNER)
        expect(self.wire.reply(self.timeouts.deadline(Phase.BANNER)), READY)
        reach(Point.AFTER_BANNER)

    def _ehlo(self) -> Capabilities:
        self.trail.enter(Phase.EHLO)
        address = ipaddress.ip_address(self.wire.local_address())
        literal = f"[IPv6:{address}]" if address.version == 6 else f"[{address}]"
        offers = self._ask(f"EHLO {literal}", YES).lines[1:]
        reach(Point.AFTER_EHLO)
        self.trail.note(capabilities=list(offers))
        words = (offer.strip().partition(" ") for offer in offers)
        return {keyword.upper(): parameters for keyword, _, parameters in words}

    def _ask(self, command: str, wanted: Container[int]) -> Reply:
        return expect(self._exchange(command), wanted)

    def _exchange(self, command: str) -> Reply:
        deadline = self.timeouts.deadline(self.trail.phase)
        self._hear_nothing(deadline)
        self.wire.write(f"{command}\r\n".encode(), deadline)
        reach(Point.BEFORE_ANSWER)
        return self.wire.reply(deadline)

    def _hear_nothing(self, deadline: Deadline) -> None:
        """An answer that is already there would be taken for the next one, even the last."""
        if self.wire.unasked():
            expect(self.wire.reply(deadline), NOTHING)


def expect(reply: Reply, wanted: Container[int]) -> Reply:
    """The reply, if it has a wanted code; else `Stopped`."""
    event = event_of(reply, wanted)
    if event is not Event.ACCEPTED:
        raise Stopped(event, reply.text)
    return reply


def _base64(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
