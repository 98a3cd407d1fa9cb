"""Whether the final bytes are what was approved: read back, by another reader.

They are held against the manifest, not against the artifact that they were composed of:
nothing that went wrong on the way to them can be on both sides.  And they are its one
spelling: nothing is between the parts that readers do not show.

Header names are counted by a plain scan of lines, because the email package can be
talked into headers that its own view of the message does not show.  What is plain is
read by `plain`, and everything else by `thorough`.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator

from consumers.channels.smtp.mime import compose
from consumers.channels.smtp.plain import text_of
from consumers.channels.smtp.thorough import kinds, other_fields, parts, read
from outbox.intent import Attachment, Email
from outbox.mail import needs_smtputf8
from outbox.manifest import MailManifest

LONGEST_LINE = 998
"""Octets before CRLF, after RFC 5322."""

_BARE = re.compile(rb"\r(?!\n)|(?<!\r)\n")
_COMPOSITE = ("multipart/", "message/")

_Leaf = tuple[str | None, int, str]
"""The name of a part that holds no others, how long it is, and its digest."""


def difference(final: bytes, approved: MailManifest, date: dt.datetime) -> str | None:
    """The first thing in which the final bytes are not what was approved, or None."""
    try:
        return next(filter(None, _complaints(final, approved, date)), None)
    except (ValueError, LookupError, AttributeError) as failure:  # the email package gave up
        return f"no reader can read it: {failure}"


def _complaints(
    final: bytes, approved: MailManifest, date: dt.datetime
) -> Iterator[str | None]:
    yield _not_mail(final, approved)
    yield _other_headers(final, approved)
    text = text_of(final, approved, date)
    if text is not None:
        found: list[tuple[str | None, bytes]] = [(None, text)]
    else:
        mail = read(final)
        yield from other_fields(mail, final, approved, date)
        found = list(parts(mail))
    if [_leaf(name, content) for name, content in found] != _leaves(approved):
        yield "the text, the html or an attachment"
    if _respelled([content for _, content in found], approved, date) != final:
        yield "it reads as what was approved, but is spelled otherwise"


def _not_mail(final: bytes, approved: MailManifest) -> str | None:
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


def _other_headers(final: bytes, approved: MailManifest) -> str | None:
    head = final.partition(b"\r\n\r\n")[0].split(b"\r\n")
    names = [
        line.partition(b":")[0].decode("latin-1") for line in head if line[:1] not in b" \t"
    ]
    expected = ["From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"]
    if approved.headers.cc:
        expected.append("Cc")
    if len(kinds(approved)) == 1:
        expected.append("Content-Transfer-Encoding")
    if sorted(names) != sorted(expected):
        return f"its headers are {', '.join(names)}"
    return None


def _respelled(contents: list[bytes], approved: MailManifest, date: dt.datetime) -> bytes:
    """The one way to write what the manifest says with the contents that were read back."""
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


def _leaf(name: str | None, content: bytes) -> _Leaf:
    return name, len(content), hashlib.sha256(content).hexdigest()


def _leaves(approved: MailManifest) -> list[_Leaf]:
    texts = [(None, body.size, body.digest) for body in approved.bodies]
    return [*texts, *((a.filename, a.size, a.digest) for a in approved.attachments)]
