"""Rules about what it carries: links, and files."""

from __future__ import annotations

import re
from collections.abc import Iterator

from consumers.scorers import History
from consumers.scorers.kinds import Found, Kind
from consumers.scorers.reading import Reading
from outbox.intent import Attachment

_HOST = re.compile(r"\bhttps?://(?:[^\s/?#\"'<>@]{0,100}@)?([\w.-]{1,253})", re.IGNORECASE)
_SERVICES = """
    bit.ly tinyurl.com t.co goo.gl ow.ly is.gd v.gd buff.ly cutt.ly rebrand.ly rb.gy
    shorturl.at t.ly tiny.cc lnkd.in s.id bl.ink short.io tr.im snipurl.com
    makeashorterlink.com
"""
_SHORTENERS = frozenset(_SERVICES.split())
_INTERNAL = re.compile(
    r"localhost|127(?:\.\d{1,3}){3}|10(?:\.\d{1,3}){3}|192\.168(?:\.\d{1,3}){2}"
    r"|172\.(?:1[6-9]|2\d|3[01])(?:\.\d{1,3}){2}|0\.0\.0\.0"
    r"|[\w-]+|(?:[\w-]+\.)+(?:local|internal|intranet|lan|corp|home|localdomain)"
    r"|(?:staging|stage|dev|qa|uat|test)[.-](?:[\w-]+\.)+[a-z]{2,24}",
    re.IGNORECASE,
)
_SPEAKS = re.compile(
    r"\b(?:is|are|I(?:'ve|\u2019ve| have)?|we(?:'ve|\u2019ve| have)?) (?:now |also )?"
    r"(?:attached|enclosed|attaching|enclosing)\b(?! to (?:the|a|my|our|your|this|it|them|him))"
    r"|\b(?:see|find|review|open|read) (?:the |my |our |an? )?"
    r"(?:attached|enclosed|attachment)\b"
    r"|^(?:please find )?attached (?:is|are|you|please|find)\b"
    r"|\bin the (?:attachment|attached)\b|\bim Anhang\b|\banbei\b|\bci-joint\b",
    re.IGNORECASE | re.MULTILINE,
)
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def shortened(reading: Reading, _: History) -> Iterator[Found]:
    """A link by a service that hides where it leads, and may change it later."""
    if _hosts(reading) & _SHORTENERS:
        yield Found(Kind.SHORTENED_LINK, "a link hides where it leads behind a shortener")


def internal(reading: Reading, _: History) -> Iterator[Found]:
    """A link that only whoever wrote it can follow."""
    if any(map(_INTERNAL.fullmatch, _hosts(reading))):
        yield Found(Kind.INTERNAL_LINK, "a link leads to where only insiders get")


def missing(reading: Reading, _: History) -> Iterator[Found]:
    """It speaks of an attachment, and has none."""
    if reading.mail and not reading.mail.attachments and _SPEAKS.search(reading.own):
        yield Found(Kind.MISSING_FILE, "it speaks of an attachment, and nothing is attached")


def locked(reading: Reading, _: History) -> Iterator[Found]:
    """A file that neither a person nor a scanner can look into."""
    for one in reading.mail.attachments if reading.mail else ():
        if _is_locked(one):
            yield Found(Kind.LOCKED_FILE, "an attachment is locked by a password")
            return


def _hosts(reading: Reading) -> set[str]:
    return {found[1].lower().rstrip(".") for found in _HOST.finditer(reading.carried)}


def _is_locked(one: Attachment) -> bool:
    content = one.content
    if content.startswith(_ZIP):
        return len(content) > 6 and bool(content[6] & 1)
    if content.startswith(_OLE):
        return "EncryptedPackage".encode("utf-16-le") in content
    return content.startswith(b"%PDF") and b"/Encrypt" in content
