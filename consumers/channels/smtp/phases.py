"""The phases on the wire, in order; everything up to the whole body can be undone.

A server that is hung up on before the end-of-data mark has nothing to deliver.  So the
whole body is there, and only five bytes are missing, when the permit is asked for.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import ipaddress
import ssl
from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from consumers.channels.line import Deadline, Stopped
from consumers.channels.smtp import wanted
from consumers.channels.smtp.envelope import Capabilities, Envelope, commands
from consumers.channels.smtp.events import Event, Phase, Timeouts
from consumers.channels.smtp.mime import as_read, stuffed
from consumers.channels.smtp.smarthost import Security, Smarthost, login_tokens, plain_token
from consumers.channels.smtp.trail import Trail
from consumers.channels.smtp.verdict import event_of, expect
from consumers.channels.smtp.wire import Reply, Wire
from outbox.failpoints import Point, reach

DOT = b"\r\n.\r\n"
"""The point of no return."""

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
    ahead: list[str] = field(default_factory=list)
    """Commands that are said already, and not yet answered."""

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
        self._ask("STARTTLS", wanted.READY)
        reach(Point.AFTER_STARTTLS)
        self._encrypt(context)
        return self._ehlo()

    def log_in(self, offered: Capabilities) -> None:
        """AUTH PLAIN, or LOGIN where that is all there is."""
        self.trail.enter(Phase.AUTH)
        reach(Point.BEFORE_AUTH)
        ways = offered.get("AUTH", "").upper().split()
        if "PLAIN" in ways:
            self._ask(f"AUTH PLAIN {plain_token(self.smarthost).decode()}", wanted.KNOWN)
        elif "LOGIN" in ways:
            name, secret = login_tokens(self.smarthost)
            self._ask("AUTH LOGIN", wanted.GO_ON)
            self._ask(name, wanted.GO_ON)
            self._ask(secret, wanted.KNOWN)
        else:
            raise Stopped(Event.DISTRUST, "the server offers neither AUTH PLAIN nor LOGIN")
        self.trail.passed("login")
        reach(Point.AFTER_AUTH)

    def address(self, envelope: Envelope, offered: Capabilities) -> None:
        """MAIL, and RCPT for each: all are taken, or nobody gets anything."""
        self.trail.enter(Phase.MAIL)
        mail, *recipients = commands(envelope, offered)
        if "PIPELINING" in offered:
            self._say_ahead(mail, *recipients, "DATA")  # as RFC 2920 allows
        self._ask(mail, wanted.YES)
        reach(Point.AFTER_MAIL)
        self.trail.enter(Phase.RCPT)
        if refusals := dict(reversed([*self._refused(recipients)])):
            if not self.ahead:  # after DATA it would be a part of the mail
                self.part("RSET", "QUIT")
            worst = Event.PERMANENT if Event.PERMANENT in refusals else [*refusals][-1]
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
        self._ask("DATA", wanted.START_INPUT)
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
        return reply.code in wanted.YES

    def part(self, *commands: str) -> None:
        """Courtesy: nothing depends on it, and nobody waits for the answer."""
        with contextlib.suppress(Stopped):
            farewell = "".join(f"{command}\r\n" for command in commands)
            self.wire.write(farewell.encode(), Deadline(COURTESY))

    def _refused(self, recipients: list[str]) -> Iterator[tuple[Event, str]]:
        for recipient in recipients:
            reach(Point.BEFORE_RCPT)
            reply = self._exchange(recipient)
            reach(Point.AFTER_RCPT)
            event = event_of(reply, wanted.YES)
            if event is not Event.ACCEPTED:
                yield event, f"{recipient}: {reply.text}"

    def _encrypt(self, context: ssl.SSLContext) -> None:
        self.trail.enter(Phase.TLS)
        reach(Point.BEFORE_TLS)
        deadline = self.timeouts.deadline(Phase.TLS)
        name = self.smarthost.host
        self.trail.note_tls(self.wire.secure(context, name, deadline), name)
        reach(Point.AFTER_TLS)

    def _greeting(self) -> None:
        self.trail.enter(Phase.BANNER)
        expect(self.wire.reply(self.timeouts.deadline(Phase.BANNER)), wanted.READY)
        reach(Point.AFTER_BANNER)

    def _ehlo(self) -> Capabilities:
        self.trail.enter(Phase.EHLO)
        address = ipaddress.ip_address(self.wire.local_address())
        literal = f"[IPv6:{address}]" if address.version == 6 else f"[{address}]"
        offers = self._ask(f"EHLO {literal}", wanted.YES).lines[1:]
        reach(Point.AFTER_EHLO)
        self.trail.note(capabilities=list(offers))
        words = (offer.strip().partition(" ") for offer in offers)
        return {keyword.upper(): parameters for keyword, _, parameters in words}

    def _ask(self, command: str, wanted: Container[int]) -> Reply:
        return expect(self._exchange(command), wanted)

    def _exchange(self, command: str) -> Reply:
        deadline = self.timeouts.deadline(self.trail.phase)
        if not self.ahead:
            self._say_ahead(command)
        self.ahead.remove(command)
        reach(Point.BEFORE_ANSWER)
        return self.wire.reply(deadline)

    def _say_ahead(self, *commands: str) -> None:
        deadline = self.timeouts.deadline(self.trail.phase)
        self._hear_nothing(deadline)
        self.wire.write("".join(f"{command}\r\n" for command in commands).encode(), deadline)
        self.ahead.extend(commands)

    def _hear_nothing(self, deadline: Deadline) -> None:
        """An answer that is already there would be taken for the next one, even the last."""
        if self.wire.unasked():
            expect(self.wire.reply(deadline), wanted.NOTHING)
