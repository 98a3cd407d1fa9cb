"""A notification by mail, over a smart host of the house.

It goes from the house to its own people, at addresses of the routes' file alone.  So it is no
intent: no permit, no switch and no cap holds it; else the switch could hide that it is off.
The connection is as strict as a sender's: TLS, a verified name, a login.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from contextlib import closing
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from consumers.channels.line import Deadline, Stopped
from consumers.channels.smtp import Smarthost, Timeouts
from consumers.channels.smtp.connecting import connected
from consumers.channels.smtp.envelope import Envelope
from consumers.channels.smtp.events import Phase
from consumers.channels.smtp.phases import Conversation
from consumers.channels.smtp.trail import Trail
from consumers.channels.smtp.verdict import expect
from consumers.channels.smtp.wanted import YES
from consumers.notifying.message import Message
from consumers.notifying.outcome import WITHIN, Outcome, Told, Untold
from consumers.verifying import verifying


@dataclass(frozen=True, slots=True, kw_only=True)
class _Hurried(Timeouts):
    """All phases together have until then, on the monotonic clock."""

    ends: float

    def deadline(self, phase: Phase) -> Deadline:
        within: dt.timedelta = getattr(self, phase)
        return Deadline(min(within, dt.timedelta(seconds=self.ends - time.monotonic())))


class Mail:
    """The way to one address."""

    def __init__(
        self, smarthost: Smarthost, sender: str, to: str, *, within: dt.timedelta = WITHIN
    ) -> None:
        """Raises `BadSettings` if the authorities' file cannot be read."""
        self._smarthost, self._sender, self._to = smarthost, sender, to
        self._tls = verifying(smarthost.ca_file)
        self._within = within

    def tell(self, message: Message) -> Outcome:
        """Hand it in over a connection of its own."""
        trail = Trail(self._smarthost)
        try:
            self._hand_in(_composed(message, self._sender, self._to), trail)
        except Stopped as stop:
            return Untold(self._smarthost.without_secret(f"{trail.phase}: {stop.reason}"))
        return Told()

    def _hand_in(self, final: bytes, trail: Trail) -> None:
        timeouts = _Hurried(ends=time.monotonic() + self._within.total_seconds())
        envelope = Envelope(
            sender=self._sender, recipients=(self._to,), size=len(final), smtputf8=False
        )
        with closing(connected(self._smarthost, timeouts, trail)) as wire:
            talk = Conversation(self._smarthost, timeouts, trail, wire)
            offered = talk.open(self._tls)
            talk.log_in(offered)
            talk.address(envelope, offered)
            talk.hand_over(final, hashlib.sha256(final).hexdigest())
            talk.write_the_dot()
            expect(talk.hear_the_verdict(), YES)
            talk.part("QUIT")


def _composed(message: Message, sender: str, to: str) -> bytes:
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, to, message.subject
    mail["Date"] = format_datetime(dt.datetime.now(dt.UTC))
    mail["Message-ID"] = f"<{message.id}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(message.text)
    return mail.as_bytes()
