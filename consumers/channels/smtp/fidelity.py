"""Whether the final bytes are what was approved: read back, by another reader.

Header names are counted by a plain scan of lines, because the email package can be
talked into headers that its own view of the message does not show.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from email import message_from_string, policy
from email.header import decode_header, make_header
from email.headerregistry import AddressHeader, ContentDispositionHeader, DateHeader
from email.message import EmailMessage
from email.parser import HeaderParser
from email.utils import getaddresses

from consumers.channels.smtp.mime import as_lines, needs_smtputf8, on_the_wire
from outbox.intent import Email

LONGEST_LINE = 998
"""Octets before CRLF, after RFC 5322."""

_BARE = re.compile(rb"\r(?!\n)|(?<!\r)\n")
_COMPOSITE = ("multipart/", "message/")


def difference(final: bytes, email: Email, identity: str, date: dt.datetime) -> str | None:
    """The first thing in which the final bytes are not what was approved, or None."""
    complaints = (
        _not_mail(final, email),
        _other_headers(final, email),
        *_other_fields(final, email, identity, date),
    )
    return next((complaint for complaint in complaints if complaint), None)


def _read(final: bytes) -> EmailMessage:
    text = final.decode("utf-8", "replace")
    return message_from_string(text, EmailMessage, policy=policy.SMTP)


def _not_mail(final: bytes, email: Email) -> str | None:
    if b"\0" in final or _BARE.search(final) or not final.endswith(b"\r\n"):
        return "a NUL, a bare CR or a bare LF"
    if any(len(line) > LONGEST_LINE for line in final.split(b"\r\n")):
        return f"a line of more than {LONGEST_LINE} octets"
    if not (final.isascii() or needs_smtputf8(email)):
        return "octets beyond ASCII"
    if any(a.media_type.startswith(_COMPOSITE) for a in email.attachments):
        return "an attachment that is itself a message; attach it as application/octet-stream"
    return None


def _other_headers(final: bytes, email: Email) -> str | None:
    head = final.partition(b"\r\n\r\n")[0].split(b"\r\n")
    names = [
        line.partition(b":")[0].decode("latin-1") for line in head if line[:1] not in b" \t"
    ]
    expected = ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"]
    if email.cc:
        expected.append("Cc")
    if len(_kinds(email)) == 1:
        expected.append("Content-Transfer-Encoding")
    if sorted(names) != sorted(expected):
        return f"its headers are {', '.join(names)}"
    return None


def _other_fields(
    final: bytes, email: Email, identity: str, date: dt.datetime
) -> Iterator[str | None]:
    mail = _read(final)
    read, approved = _fields(mail, final), _expected(email, identity, date)
    yield from (name for name in approved if read.get(name) != approved[name])
    kinds = [part.get_content_type() for part in mail.walk()]
    if kinds != _kinds(email):
        yield f"its parts are {', '.join(kinds)}"
    if any(part.defects for part in mail.walk()):
        yield "a part that readers may understand in two ways"
    if [_leaf(part) for part in mail.walk() if not part.is_multipart()] != _leaves(email):
        yield "the text, the html or an attachment"


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


def _expected(email: Email, identity: str, date: dt.datetime) -> dict[str, object]:
    return {
        "From": [on_the_wire(email.sender)],
        "the author": [(email.sender_name, on_the_wire(email.sender))],
        "To": [on_the_wire(address) for address in email.to],
        "Cc": [on_the_wire(address) for address in email.cc],
        "Subject": email.subject,
        "Date": date,
        "Message-ID": identity,
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


def _kinds(email: Email) -> list[str]:
    """The content types, from the outside in."""
    texts = {"text/plain": email.text, "text/html": email.html}
    kinds = [kind for kind, text in texts.items() if text]
    if len(kinds) > 1:
        kinds.insert(0, "multipart/alternative")
    if email.attachments:
        kinds.insert(0, "multipart/mixed")
    return [*kinds, *(attachment.media_type for attachment in email.attachments)]


def _leaf(part: EmailMessage) -> tuple[str | None, bytes]:
    content = part.get_payload(decode=True)
    disposition = part["Content-Disposition"]
    named = isinstance(disposition, ContentDispositionHeader)
    name = disposition.params.get("filename") if named else None
    return name, content if isinstance(content, bytes) else b""


def _leaves(email: Email) -> list[tuple[str | None, bytes]]:
    texts = [(None, as_lines(text).encode()) for text in (email.text, email.html) if text]
    return [*texts, *((a.filename, a.content) for a in email.attachments)]
