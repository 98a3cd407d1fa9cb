"""A quick reader, of mails that every reader understands alike.

One text, and headers of the plainest ASCII: nothing encoded, nothing that a reader unfolds,
unquotes or trims.  How such a head is spelled it knows by itself, and asks nothing of
`mime`, which wrote it.  Where it finds anything else it says nothing, and the email package
is asked.
"""

from __future__ import annotations

import binascii
import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from outbox.mail import on_the_wire
from outbox.manifest import MailManifest

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
_ADDRESS = r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
_WORDS = r"(?!.*=\?)[!#-\[\]-~]+(?: [!#-\[\]-~]+)*"
"""Without quotes and backslashes, and without what could be an encoded word."""
_HEAD = re.compile(
    rf'From: (?:{_ADDRESS}|"{_WORDS}"\r\n <{_ADDRESS}>)\r\n'
    rf"To: {_ADDRESS}(?:,\r\n {_ADDRESS})*\r\n"
    rf"(?:Cc: {_ADDRESS}(?:,\r\n {_ADDRESS})*\r\n)?"
    rf"Subject: {_WORDS}\r\n"
    r"Date: [ -9A-Za-z:]+\r\n"
    r"Message-ID: <[0-9a-f.]+@[A-Za-z0-9.-]+>\r\n"
    r"MIME-Version: 1\.0"
)
_ENCODINGS: Mapping[bytes, Callable[[bytes], bytes]] = MappingProxyType(
    {b"7bit": bytes, b"quoted-printable": binascii.a2b_qp, b"base64": binascii.a2b_base64}
)


def text_of(final: bytes, approved: MailManifest, date: dt.datetime) -> bytes | None:
    """The text, if every header is plain and says what was approved, else None."""
    if len(approved.bodies) != 1 or approved.attachments:
        return None
    head = "\r\n".join(_headers(approved, date))
    if not _HEAD.fullmatch(head):
        return None
    kind = f'\r\nContent-Type: {approved.bodies[0].media_type}; charset="utf-8"'
    before = f"{head}{kind}\r\nContent-Transfer-Encoding: ".encode("ascii")
    if not final.startswith(before):
        return None
    encoding, _, body = final[len(before) :].partition(b"\r\n\r\n")
    decode = _ENCODINGS.get(encoding)
    return None if decode is None else decode(body)


def _headers(approved: MailManifest, date: dt.datetime) -> Iterator[str]:
    identity, headers = approved.identity, approved.headers
    address = on_the_wire(identity.address)
    yield f'From: "{identity.name}"\r\n <{address}>' if identity.name else f"From: {address}"
    for name, addresses in (("To", headers.to), ("Cc", headers.cc)):
        if addresses:
            named = ",\r\n ".join(map(on_the_wire, addresses))
            yield f"{name}: {named}"
    yield f"Subject: {headers.subject}"
    day, month = _DAYS[date.weekday()], _MONTHS[date.month - 1]
    yield f"Date: {day}, {date.day:02} {month} {date.year} {date:%H:%M:%S} +0000"
    yield f"Message-ID: {headers.message_id}"
    yield "MIME-Version: 1.0"
