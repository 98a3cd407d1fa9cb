"""A real mail of the corpus as an agent would have proposed it."""

from __future__ import annotations

import base64
import email
import email.policy
import re
from collections.abc import Iterator
from email.header import decode_header, make_header
from email.message import Message
from email.utils import getaddresses

from email_validator import EmailNotValidError
from pydantic import ValidationError

from outbox.addresses import known
from outbox.intent import Attachment, Email

UNKNOWN = "unknown@example.com"
"""In the place of an address that is none, of which old mail has many."""
_UNPRINTED = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_MOST = 20


def parsed(raw: bytes) -> Email | None:
    """It, with what of it an artifact can hold; None if that says nothing."""
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    [sender] = _addresses(message, "From")[:1] or [("", UNKNOWN)]
    to = list(dict.fromkeys(address for _, address in _addresses(message, "To")))
    try:
        return Email(
            sender=sender[1],
            sender_name=sender[0],
            to=tuple(to[:50]) or (UNKNOWN,),
            subject=_line(message, "Subject")[:500] or "(no subject)",
            text=_said(message, "text/plain"),
            html=_said(message, "text/html"),
            attachments=tuple(_attached(message))[:_MOST],
        )
    except ValidationError:
        return None


def _addresses(message: Message, field: str) -> list[tuple[str, str]]:
    return [
        (name[:200], address)
        for name, given in getaddresses([_line(message, field)])
        if (address := _address(given))
    ]


def _address(given: str) -> str:
    try:
        return known(given).normalized
    except EmailNotValidError:
        return ""


def _line(message: Message, field: str) -> str:
    """A header, decoded, on one line."""
    given = str(message.get(field, ""))
    try:
        said = str(make_header(decode_header(given)))
    except (LookupError, ValueError, email.errors.HeaderParseError):
        said = given
    return _storable(_UNPRINTED.sub(" ", said)).strip()


def _said(message: Message, kind: str) -> str:
    """All bodies of this kind, one after the other."""
    return "\n".join(
        _text(part)
        for part in message.walk()
        if part.get_content_type() == kind and not part.get_filename()
    )[: 2**20]


def _text(part: Message) -> str:
    content = _bytes(part)
    charset = part.get_content_charset("utf-8")
    try:
        said = content.decode(charset, "replace")
    except LookupError:
        said = content.decode("latin-1")
    return _storable(said.replace("\0", ""))


def _attached(message: Message) -> Iterator[Attachment]:
    for part in message.walk():
        name = _UNPRINTED.sub(" ", _storable(part.get_filename() or ""))[:200]
        if not name or part.is_multipart():
            continue
        try:
            yield Attachment(
                filename=name,
                media_type=part.get_content_type(),
                content=base64.b64encode(_bytes(part)),
            )
        except ValidationError:
            continue


def _bytes(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _storable(said: str) -> str:
    """Without halves of characters, which no UTF-8 can write."""
    return said.encode("utf-8", "replace").decode()
