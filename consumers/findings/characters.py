"""Characters that nobody sees, or that change what others see.

The ranges are Default_Ignorable_Code_Point and Bidi_Control of Unicode 17, and a few that
are drawn as nothing.  Scripts that need some of them in certain places may have them there.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import islice

from consumers.findings.kinds import Finding, Kind, Severity
from consumers.findings.page import Page
from outbox.intent import Email

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_SPACELESS = re.compile("[\u0e00-\u109f\u1780-\u17ff]")  # Thai, Lao, Burmese, Khmer
_ENOUGH = 10_000
_DRAWN = "#*0123456789\u00a9\u00ae\u203c\u2049\u2122\u2139"
_FLAG = re.compile(
    "\U0001f3f4\U000e0067\U000e0062(?:\U000e0065\U000e006e\U000e0067"
    "|\U000e0073\U000e0063\U000e0074|\U000e0077\U000e006c\U000e0073)\U000e007f"
)
_PADDING = re.compile(
    r"(?:\s*([\u00ad\u034f\u200b-\u200f\u2007\u00a0\ufeff]{1,4})\s*)(?:\s*\1\s*){4,}"
)
_TURNS = re.compile("[\u202a-\u202e]")
_RTL = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_DIRECTION = frozenset("\u061c\u200e\u200f\u2066\u2067\u2068\u2069")
_JOINERS = frozenset("\u200c\u200d")


def invisible(mail: Email, page: Page) -> Iterator[Finding]:
    """Each text of the mail that holds such characters."""
    hidden = " ".join(_PADDING.sub(" ", one.text) for one in page.hidden)
    texts = {
        "subject": mail.subject,
        "sender_name": mail.sender_name,
        "text": mail.text,
        "html": f"{page.seen} {hidden}",
        "addresses": " ".join((mail.sender, *mail.recipients)),
    }
    links = "\n".join(value for one in page.elements for value in one.attributes.values())
    texts |= {"html attributes": links}
    for number, one in enumerate(mail.attachments):
        texts[f"attachments[{number}].filename"] = one.filename
    yield from invisible_in(texts)


def invisible_in(texts: Mapping[str, str]) -> Iterator[Finding]:
    """Each of these texts, by where it stands, that holds such characters."""
    for where, text in texts.items():
        if found := Counter(islice(unseen(text), _ENOUGH)):
            yield _finding(where, found)


def _finding(where: str, found: Counter[str]) -> Finding:
    named = ", ".join(f"{count} x {name_of(c)}" for c, count in found.most_common(3))
    turning = any(_TURNS.match(c) or "\U000e0000" <= c <= "\U000e007f" for c in found)
    severity = Severity.ALARM if turning else Severity.WARNING
    return Finding(Kind.INVISIBLE_CHARACTERS, where, named, severity)


def name_of(character: str) -> str:
    """Its number and its name."""
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()


def unseen(text: str) -> Iterator[str]:
    """The invisible characters that have no business where they are."""
    text = _FLAG.sub("", text)
    if not _UNSEEN.search(text):
        return
    rtl = bool(_RTL.search(text))
    for found in _UNSEEN.finditer(text):
        at = found.start()
        if not _belongs(found[0], text[at - 1 : at], text[at + 1 : at + 2], rtl):
            yield found[0]


def _belongs(one: str, before: str, after: str, rtl: bool) -> bool:
    """Whether languages or emoji need it right here."""
    if one in _DIRECTION:
        return rtl
    if one == "\u00ad":
        return before.isalpha() and after.isalpha() and after.islower()
    if one in _JOINERS:
        return _joins(before, after)
    return _chooses(one, before)


def _chooses(one: str, before: str) -> bool:
    """Whether it picks a form of the sign before it, or lets a line break there."""
    if "\ufe00" <= one <= "\ufe0f":
        return bool(before) and (_is_symbol(before) or before in _DRAWN)
    if "\U000e0100" <= one <= "\U000e01ef":
        return "\u3400" <= before <= "\u9fff"
    return one == "\u200b" and bool(_SPACELESS.match(before))


def _joins(before: str, after: str) -> bool:
    if not before or not after:
        return False
    if _is_symbol(before) or before == "\ufe0f":
        return _is_symbol(after)
    return "\u0600" <= before <= "\u0dff" and before.isprintable()


def _is_symbol(character: str) -> bool:
    return unicodedata.category(character) in ("So", "Sk", "Sm", "Po") and character > "\xa0"
