"""The thorough reader: the email package, which nothing that writes here has to do with."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from email import message_from_string, policy
from email.header import decode_header, make_header
from email.headerregistry import (
    AddressHeader,
    ContentDispositionHeader,
    DateHeader,
    HeaderRegistry,
)
from email.message import EmailMessage
from email.parser import HeaderParser
from email.utils import getaddresses
from functools import lru_cache

from outbox.mail import on_the_wire
from outbox.manifest import MailManifest

_SMTP = policy.SMTP.clone(header_factory=lru_cache(maxsize=256)(HeaderRegistry()))
"""Reads a header once: the package asks for the same one again and again."""


def read(final: bytes) -> EmailMessage:
    """The mail in these bytes."""
    text = final.decode("utf-8", "replace")
    return message_from_string(text, EmailMessage, policy=_SMTP)


def other_fields(
    mail: EmailMessage, final: bytes, approved: MailManifest, date: dt.datetime
) -> Iterator[str]:
    """The fields, parts and defects in which it is another mail than was approved."""
    read, meant = _fields(mail, final), _expected(approved, date)
    yield from (name for name in meant if read.get(name) != meant[name])
    found = [part.get_content_type() for part in mail.walk()]
    if found != kinds(approved):
        yield f"its parts are {', '.join(found)}"
    if any(part.defects for part in mail.walk()):
        yield "a part that readers may understand in two ways"


def parts(mail: EmailMessage) -> Iterator[tuple[str | None, bytes]]:
    """The name and the content of each part that holds no others."""
    for part in mail.walk():
        if not part.is_multipart():
            disposition = part["Content-Disposition"]
            named = isinstance(disposition, ContentDispositionHeader)
            yield disposition.params.get("filename") if named else None, _content(part)


def kinds(approved: MailManifest) -> list[str]:
    """The content types, from the outside in."""
    found: list[str] = [body.media_type for body in approved.bodies]
    if len(found) > 1:
        found.insert(0, "multipart/alternative")
    if approved.attachments:
        found.insert(0, "multipart/mixed")
    return [*found, *(attachment.media_type for attachment in approved.attachments)]


def _fields(mail: EmailMessage, final: bytes) -> dict[str, object]:
    dated = mail["Date"]
    return {
        "From": _mailboxes(mail, "From"),
        "the author": _author(final),
        "To": _mailboxes(mail, "To"),
        "Cc": _mailboxes(mail, "Cc"),
        "Subject": str(mail["Subject"]),
        "Date": dated.datetime if isinstance(dated, DateHeader) else None,
        "Message-ID": str(mail["Message-ID"]),
        "MIME-Version": str(mail["MIME-Version"]),
    }


def _expected(approved: MailManifest, date: dt.datetime) -> dict[str, object]:
    identity, headers = approved.identity, approved.headers
    return {
        "From": [on_the_wire(identity.address)],
        "the author": [(identity.name, on_the_wire(identity.address))],
        "To": [on_the_wire(address) for address in headers.to],
        "Cc": [on_the_wire(address) for address in headers.cc],
        "Subject": headers.subject,
        "Date": date,
        "Message-ID": headers.message_id,
        "MIME-Version": "1.0",
    }


def _author(final: bytes) -> list[tuple[str, str]]:
    # By the older reader: the newer one puts spaces between the encoded words of a name.
    head = final.partition(b"\r\n\r\n")[0].decode("utf-8", "replace")
    lines = HeaderParser(policy=policy.compat32).parsestr(head).get("From", "")
    named = getaddresses([re.sub(r"\r\n(?=[ \t])", "", lines)])
    return [(str(make_header(decode_header(name))), address) for name, address in named]


def _mailboxes(mail: EmailMessage, name: str) -> list[str]:
    header = mail[name]
    if not isinstance(header, AddressHeader):
        return []
    return [mailbox.addr_spec for mailbox in header.addresses]


def _content(part: EmailMessage) -> bytes:
    read = part.get_payload(decode=True)
    return read if isinstance(read, bytes) else b""
