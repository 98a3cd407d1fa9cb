"""A mail server that repeats in every answer whom the mail is to, and behaves by that name."""

from __future__ import annotations

from typing import ClassVar

from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.local.mailserver import Receiver, main
from deploy.local.sink import MailSink


class Echo(Receiver):
    """`busy-...` and `unknown-...` get no further than RCPT, `spam-...` and `lost-...` do."""

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, to: str, _options: list[str]
    ) -> str:
        mailbox = to.partition("@")[0]
        if mailbox.startswith("busy-"):
            return f"450 4.2.1 <{to}>: the mailbox {mailbox} is busy"
        if mailbox.startswith("unknown-"):
            return f"550 5.1.1 {mailbox}... User unknown; did you mean {to.upper()}?"
        envelope.rcpt_tos.append(to)
        return f"250 2.1.5 {to} is welcome"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        to = envelope.rcpt_tos[0]
        if to.startswith("spam-"):
            return f"554 5.7.1 {to} wants no such mail"
        kept = await super().handle_DATA(server, session, envelope)
        if to.startswith("lost-"):
            assert server.transport is not None
            server.transport.abort()  # type: ignore[attr-defined]
        return f"{kept} for <{to}>, mailbox {to.partition('@')[0]}"


class EchoingSink(MailSink):
    """The same as seen by the process that starts it."""

    program: ClassVar = "tests.erasure.echoing"


if __name__ == "__main__":
    main(Echo)
