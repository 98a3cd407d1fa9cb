"""Whether the final bytes are what was approved: read back, by another reader.

They are held against the manifest, not against the artifact that they were composed of:
nothing that went wrong on the way to them can be on both sides.  And they are its one
spelling: nothing is between the parts that readers do not show.

Header names are counted by a plain scan of lines, because the email package can be
talked into headers that its own view of the message does not show.
"""

from __future__ import annotations

import datetime as dt
import hashlib
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

from consumers.channels.smtp.mime import compose
from outbox.intent import Attachment, Email
from outbox.mail import needs_smtputf8, on_the_wire
from outbox.manifest import Manifest

LONGEST_LINE = 998
"""Octets before CRLF, after RFC 5322."""

_SMTP = policy.SMTP.clone(header_factory=lru_cache(maxsize=256)(HeaderRegistry()))
"""Reads a header once: the package asks for the same one again and again."""
_BARE = re.compile(rb"\r(?!\n)|(?<!\r)\n")
_COMPOSITE = ("multipart/", "message/")

_Leaf = tuple[str | None, int, str]
"""The name of a part that holds no others, how long it is, and its digest."""


def difference(final: bytes, approved: Manifest, date: dt.datetime) -> str | None:
    """The first thing in which the final bytes are not what was approved, or None."""
    try:
        return next(filter(None, _complaints(final, approved, date)), None)
    except (ValueError, LookupError, AttributeError) as failure:  # the email package gave up
        return f"no reader can read it: {failure}"


def _complaints(final: bytes, approved: Manifest, date: dt.datetime) -> Iterator[str | None]:
    yield _not_mail(final, approved)
    yield _other_headers(final, approved)
    mail = _read(final)
    yield from _other_fields(mail, final, approved, date)
    if _respelled(mail, approved, date) != final:
        yield "it reads as what was approved, but is spelled otherwise"


def _read(final: bytes) -> EmailMessage:
    text = final.decode("utf-8", "replace")
    return message_from_string(text, EmailMessage, policy=_SMTP)


def _not_mail(final: bytes, approved: Manifest) -> str | None:
    if b"\0" in final or _BARE.search(final) or not final.endswith(b"\r\n"):
        return "a NUL, a bare CR or a bare LF"
    if any(len(line) > LONGEST_LINE for line in final.split(b"\r\n")):
        return f"a line of more than {LONGEST_LINE} octets"
    addresses = (approved.envelope.sender, *approved.envelope.to)
    if not (final.isascii() or needs_smtputf8(addresses)):
        return "octets beyond ASCII"
    if any(a.media_type.startswith(_COMPOSITE) for a in approved.attachments):
        return "an attachment that is itself a message; attach it as application/octet-stream"
    return None


def _other_headers(final: bytes, approved: Manifest) -> str | None:
    head = final.partition(b"\r\n\r\n")[0].split(b"\r\n")
    names = [
        line.partition(b":")[0].decode("latin-1") for line in head if line[:1] not in b" \t"
    ]
    expected = ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"]
    if approved.headers.cc:
        expected.append("Cc")
    if len(_kinds(approved)) == 1:
        expected.append("Content-Transfer-Encoding")
    if sorted(names) != sorted(expected):
        return f"its headers are {', '.join(names)}"
    return None


def _other_fields(
    mail: EmailMessage, final: bytes, approved: Manifest, date: dt.datetime
) -> Iterator[str | None]:
    read, meant = _fields(mail, final), _expected(approved, date)
    yield from (name for name in meant if read.get(name) != meant[name])
    kinds = [part.get_content_type() for part in mail.walk()]
    if kinds != _kinds(approved):
        yield f"its parts are {', '.join(kinds)}"
    if any(part.defects for part in mail.walk()):
        yield "a part that readers may understand in two ways"
    if [_leaf(part) for part in mail.walk() if not part.is_multipart()] != _leaves(approved):
        yield "the text, the html or an attachment"


def _respelled(mail: EmailMessage, approved: Manifest, date: dt.datetime) -> bytes:
    """The one way to write what the manifest says with the contents that were read back."""
    contents = [_content(part) for part in mail.walk() if not part.is_multipart()]
    texts = {body.media_type: contents.pop(0).decode() for body in approved.bodies}
    files = [
        Attachment.model_construct(filename=a.filename, media_type=a.media_type, content=read)
        for a, read in zip(approved.attachments, contents, strict=True)
    ]
    email = Email.model_construct(
        sender=approved.identity.address,
        sender_name=approved.identity.name,
        to=approved.headers.to,
        cc=approved.headers.cc,
        subject=approved.headers.subject,
        text=texts.get("text/plain", ""),
        html=texts.get("text/html", ""),
        attachments=tuple(files),
    )
    return compose(email, approved.headers.message_id, date)


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


def _expected(approved: Manifest, date: dt.datetime) -> dict[str, object]:
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


def _kinds(approved: Manifest) -> list[str]:
    """The content types, from the outside in."""
    kinds: list[str] = [body.media_type for body in approved.bodies]
    if len(kinds) > 1:
        kinds.insert(0, "multipart/alternative")
    if approved.attachments:
        kinds.insert(0, "multipart/mixed")
    return [*kinds, *(attachment.media_type for attachment in approved.attachments)]


def _content(part: EmailMessage) -> bytes:
    read = part.get_payload(decode=True)
    return read if isinstance(read, bytes) else b""


def _leaf(part: EmailMessage) -> _Leaf:
    content = _content(part)
    disposition = part["Content-Disposition"]
    named = isinstance(disposition, ContentDispositionHeader)
    name = disposition.params.get("filename") if named else None
    return name, len(content), hashlib.sha256(content).hexdigest()


def _leaves(approved: Manifest) -> list[_Leaf]:
    texts = [(None, body.size, body.digest) for body in approved.bodies]
    return [*texts, *((a.filename, a.size, a.digest) for a in approved.attachments)]
