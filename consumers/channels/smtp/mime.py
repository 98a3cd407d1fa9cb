"""The final bytes of a mail, written from its typed fields.

Every header is rendered here, line by line: the email package's own header classes
decode what they are given first, so that an encoded word in a subject becomes a real
`Bcc:`.  What is written is read back by `fidelity` before anything leaves.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from email.header import Header
from email.quoprimime import body_encode
from email.utils import format_datetime
from urllib.parse import quote

from outbox.intent import Attachment, Email
from outbox.mail import as_lines, on_the_wire

WIDTH = 76
_PLAIN = re.compile(r"[!-~]+(?: [!-~]+)*")
_PLAIN_LINES = re.compile(rb"(?:(?:[\t -~]{0,75}[!-~])?\r\n)*")
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,59}")
_CHARACTERS_PER_SECTION = 10


@dataclass(frozen=True, slots=True)
class _Part:
    """A MIME entity: its own header lines and its encoded body, which ends in CRLF."""

    headers: tuple[str, ...]
    body: bytes

    def __bytes__(self) -> bytes:
        return "".join(f"{line}\r\n" for line in self.headers).encode() + b"\r\n" + self.body


def compose(email: Email, identity: str, date: dt.datetime) -> bytes:
    """The whole mail, ending in CRLF, under this Message-ID."""
    content = _content(email, identity)
    headers = [
        f"From: {_mailbox(email.sender_name, email.sender)}",
        f"To: {_list(email.to)}",
        *([f"Cc: {_list(email.cc)}"] if email.cc else []),
        f"Subject: {_phrase('Subject', email.subject)}",
        f"Date: {format_datetime(date)}",
        f"Message-ID: {identity}",
        "MIME-Version: 1.0",
    ]
    return bytes(_Part((*headers, *content.headers), content.body))


def stuffed(final: bytes) -> bytes:
    """As it is handed over; its last CRLF belongs to the mark that ends it."""
    return re.sub(rb"^\.", b"..", final, flags=re.MULTILINE).removesuffix(b"\r\n")


def as_read(handed: bytes) -> bytes:
    """The mail that a server makes of this once it has ended (RFC 5321, 4.5.2).

    It ends at the first dot that is alone in its line, whoever wrote that.
    """
    read = (b"\r\n" + handed + b"\r\n.\r\n").partition(b"\r\n.\r\n")[0][2:]
    return re.sub(rb"^\.", b"", read, flags=re.MULTILINE) + b"\r\n"


def _content(email: Email, identity: str) -> _Part:
    kinds = {"plain": email.text, "html": email.html}
    parts = [_text(kind, text) for kind, text in kinds.items() if text]
    content = parts[0] if len(parts) == 1 else _multipart("alternative", parts, identity)
    if not email.attachments:
        return content
    return _multipart("mixed", [content, *map(_attachment, email.attachments)], identity)


def _multipart(kind: str, parts: list[_Part], identity: str) -> _Part:
    # The identity holds the digest of the text, so no text can hold its own boundary.
    boundary = f"=_{kind}_{hashlib.sha256(identity.encode()).hexdigest()[:32]}"
    start = f"--{boundary}\r\n".encode()
    body = start + (b"\r\n" + start).join(map(bytes, parts))
    header = f'Content-Type: multipart/{kind};\r\n boundary="{boundary}"'
    return _Part((header,), body + f"\r\n--{boundary}--\r\n".encode())


def _text(kind: str, text: str) -> _Part:
    content = as_lines(text).encode()
    encoding, body = "7bit", content
    if not _PLAIN_LINES.fullmatch(content):
        quoted = body_encode(content.decode("latin-1"), WIDTH, "\r\n").encode("ascii")
        encoding, body = min(
            ("quoted-printable", quoted), ("base64", _base64(content)), key=lambda e: len(e[1])
        )
    return _Part(
        (
            f'Content-Type: text/{kind}; charset="utf-8"',
            f"Content-Transfer-Encoding: {encoding}",
        ),
        body,
    )


def _attachment(attachment: Attachment) -> _Part:
    return _Part(
        (
            f"Content-Type: {attachment.media_type}",
            f"Content-Disposition: attachment; {_filename(attachment.filename)}",
            "Content-Transfer-Encoding: base64",
        ),
        _base64(attachment.content),
    )


def _base64(content: bytes) -> bytes:
    return base64.encodebytes(content).replace(b"\n", b"\r\n") or b"\r\n"


def _filename(name: str) -> str:
    if _PLAIN_NAME.fullmatch(name):
        return f'filename="{name}"'
    # RFC 2231, cut between characters: some readers decode each section by itself.
    step = _CHARACTERS_PER_SECTION
    cuts = [quote(name[i : i + step], safe="") for i in range(0, len(name), step)]
    cuts[0] = f"utf-8''{cuts[0]}"
    sections = [f"filename*{number}*={cut}" for number, cut in enumerate(cuts)]
    return "\r\n " + ";\r\n ".join(sections)


def _phrase(header: str, text: str) -> str:
    """Plain where that is safe and short; else encoded words, literally."""
    if len(header) + len(text) < WIDTH and "=?" not in text and _PLAIN.fullmatch(text):
        return text
    return Header(text, "utf-8", WIDTH, header).encode(linesep="\r\n")


def _mailbox(name: str, address: str) -> str:
    if not name:
        return on_the_wire(address)
    phrase = _phrase("From", name)
    if phrase == name:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        phrase = f'"{quoted}"'
    return f"{phrase}\r\n <{on_the_wire(address)}>"


def _list(addresses: tuple[str, ...]) -> str:
    return ",\r\n ".join(map(on_the_wire, addresses))
