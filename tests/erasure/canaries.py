"""Words that occur nowhere else, planted in every input, and a nose for them."""

from __future__ import annotations

import base64
import secrets
from collections.abc import Iterator
from pathlib import Path

from outbox import Email
from outbox.intent import Attachment


class Canaries:
    """What was planted, by what it is."""

    def __init__(self) -> None:
        self.planted: dict[str, str] = {}

    def word(self, what: str) -> str:
        """A new canary: lower case, since domains are."""
        return self.know(what, f"canary{secrets.token_hex(8)}")

    def know(self, what: str, secret: str) -> str:
        """Something that is secret anyway is as good as one."""
        assert len(secret) >= 12, f"{what} is too short to be told from chance"
        self.planted[what] = secret
        return secret

    def found_in(self, content: bytes) -> set[str]:
        """What of it stands there, plainly or in a common disguise."""
        heard = content.lower()
        return {
            what
            for what, word in self.planted.items()
            if any(form.lower() in heard for form in _forms(word.encode()))
        }


def _forms(word: bytes) -> Iterator[bytes]:
    yield word
    yield word.hex().encode()
    for shift in range(3):  # base64 of a longer text that has the word at any place in it
        middle = base64.b64encode(b"\0" * shift + word)[(0, 2, 3)[shift] : -4]
        yield middle


def mail_with(canaries: Canaries, behaviour: str) -> Email:
    """A mail that is one canary beside the other, to somebody whom the server treats so."""

    def word(what: str) -> str:
        return canaries.word(f"{what} of {behaviour}")

    to = f"{behaviour}-{word('mailbox')}@{word('domain')}.example"
    return Email(
        sender="billing@example.com",
        sender_name=f"Billing {word('sender name')}",
        to=(to,),
        cc=(f"{word('cc')}@example.org",),
        subject=f"Your invoice {word('subject')}",
        text=f"Dear Ada,\n\nTODO {word('text')}: password: {word('password in text')}\n",
        html=f"<p>{word('html')}</p>",
        attachments=(
            Attachment(
                filename=f"{word('filename')}.pdf",
                media_type="application/pdf",
                content=base64.b64encode(f"%PDF {word('attachment')}".encode()),
            ),
        ),
    )


def secret_file(canaries: Canaries, file: Path) -> Path:
    """The lines of a file that is for its owner alone."""
    for number, line in enumerate(file.read_text("utf-8").splitlines()):
        if len(line) >= 24 and "-----" not in line:
            canaries.know(f"line {number} of {file.name}", line)
    return file
