"""Whom a run tells what waits: secrets of the ways are canaries, and what is told is caught."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email import message_from_bytes, policy
from pathlib import Path

from deploy.local.sink import MailSink
from tests.erasure.canaries import Canaries
from tests.parts.catcher import Catcher, catching
from tests.parts.notifying import book, route, smtp, webhook

WAYS = 3


@dataclass(frozen=True, slots=True)
class Told:
    """What was told over each way."""

    file: Path
    """Who is told of what."""
    catcher: Catcher
    sink: MailSink

    def said(self) -> Iterator[tuple[str, bytes]]:
        """Everything but to whom it went: that is a secret of the file."""
        for number, came in enumerate(self.catcher.came):
            yield f"notification {number}", came.body + repr(came.headers).encode()
        for number, _ in enumerate(self.sink.accepted(), 1):
            mail = message_from_bytes(self.sink.raw(number), policy=policy.default)
            del mail["To"]
            yield f"notification by mail {number}", mail.as_bytes()


@contextmanager
def telling(room: Path, canaries: Canaries) -> Iterator[Told]:
    """People who are told everything, as long as the block lasts."""
    room.mkdir()
    with MailSink(room / "mail") as sink, catching(room) as catcher:
        canaries.know("password of the house", sink.endpoint.password)
        hook = webhook(room, catcher)
        secret = base64.b64encode(f"{canaries.word('webhook secret')}..".encode()).decode()
        (room / "webhook-secret").write_text(f"whsec_{secret}")
        chat = {
            "slack": "slack-url",
            "ca_file": str(catcher.ca_file),
        }
        (room / "slack-url").touch(mode=0o600)
        (room / "slack-url").write_text(f"{catcher.url}/{canaries.word('address of Slack')}")
        file = book(
            room,
            smtp=smtp(room, sink.endpoint),
            mail=route({"email": [f"{canaries.word('mailbox of the house')}@house.example"]}),
            chat=route(chat),
            hook=route(hook),
        )
        yield Told(file, catcher, sink)
