"""Secrets and card numbers in a text, named by their kind and never repeated.

Every pattern is bounded, or starts only where a token starts: the text is an agent's, and
may not make the search slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

_START, _END = r"(?<![A-Za-z0-9_-])", r"(?![A-Za-z0-9_-])"

SHAPES = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----"),
    "an AWS access key": re.compile(_START + r"(?:AKIA|ASIA)[A-Z0-9]{16}" + _END),
    "a GitHub token": re.compile(_START + r"(?:gh[pousr]_|github_pat_)[A-Za-z0-9_]{20,255}"),
    "a Slack token": re.compile(_START + r"xox[abeoprs]-[A-Za-z0-9-]{10,250}"),
    "a Stripe key": re.compile(_START + r"[rs]k_(?:live|test)_[A-Za-z0-9]{16,250}"),
    "an API key of a model provider": re.compile(_START + r"sk-[A-Za-z0-9_-]{20,250}"),
    "a Google API key": re.compile(_START + r"AIza[A-Za-z0-9_-]{35}" + _END),
    "a signed token (JWT)": re.compile(
        _START + r"eyJ[A-Za-z0-9_-]{10,4000}\.eyJ[A-Za-z0-9_-]{10,4000}\.[A-Za-z0-9_-]{10,4000}"
    ),
    "an address with a password in it": re.compile(
        r"\b[a-z][a-z0-9+.-]{1,20}://[^\s/:@]{1,100}:[^\s/@]{3,100}@"
    ),
}
"""Secrets that show by their shape alone."""

_LABELLED = re.compile(
    r"\b(?:password|passwort|passwd|passphrase|passcode|pwd|(?:api|access|secret)[ _-]key"
    r"|secret|token)(?: is)?[ \t]{0,3}[:=][ \t]{0,3}(\S{4,200})",
    re.IGNORECASE,
)
_NO_SECRET = re.compile(r"https?://|[*•.x_-]+$|[a-z]+[.,;!?]?$", re.IGNORECASE)
_SIGNED = re.compile(r"-----BEGIN PGP SIGNATURE-----[^-]{0,8000}-----END PGP SIGNATURE-----")
_LINK = re.compile(r"\b(?:https?|mailto|cid|data):\S+", re.IGNORECASE)
_TOKEN = re.compile(
    r"(?<![A-Za-z0-9+/=_.@-])[A-Za-z0-9+/_-]{24,200}={0,2}(?![A-Za-z0-9+/=_.@-])"
)
_UNREST = 0.45  # changes of kind per character; CamelCase is below, random base64 above
_DIGITS = re.compile(r"(?<![\w.,-])\d(?:[ -]?\d){12,18}(?![ -]?\d|\w)", re.ASCII)
_ISSUED = re.compile(
    r"4\d{12}(?:\d{3})?|5[1-5]\d{14}|2[2-7]\d{14}|3[47]\d{13}|6(?:011|5\d\d)\d{12}"
)


def exposed(text: str) -> Iterator[str]:
    """The kinds of secrets that stand in `text`."""
    for kind, shape in SHAPES.items():
        if shape.search(text):
            yield kind


def labelled(text: str) -> Iterator[str]:
    """Something that its own label calls a secret."""
    if any(not _NO_SECRET.match(found[1]) for found in _LABELLED.finditer(_unlinked(text))):
        yield "what its label calls a secret"


def scattered(text: str) -> Iterator[str]:
    """Random-looking tokens outside of links."""
    if any(_is_random(found[0]) for found in _TOKEN.finditer(_unlinked(text))):
        yield "a long random token"


def cards(text: str) -> Iterator[str]:
    """The last four digits of each number of a payment card."""
    for found in _DIGITS.finditer(_unlinked(text)):
        digits = re.sub(r"\D", "", found[0])
        if _ISSUED.fullmatch(digits) and _luhn(digits):
            yield digits[-4:]


def _unlinked(text: str) -> str:
    """Links carry tokens by design: those to confirm, to unsubscribe; so do signatures."""
    return _LINK.sub("link", _SIGNED.sub("", text))


def _is_random(token: str) -> bool:
    kinds = [_kind(character) for character in token]
    if not {"lower", "upper", "digit"} <= set(kinds):
        return False  # digests, order numbers, file names
    changes = sum(one != next for one, next in pairwise(kinds))
    return changes >= _UNREST * len(token)


def _kind(character: str) -> str:
    if character.isdigit():
        return "digit"
    return "lower" if character.islower() else "upper" if character.isupper() else "other"


def _luhn(digits: str) -> bool:
    doubled = [int(d) * 2 for d in digits[-2::-2]]
    total = sum(map(int, digits[-1::-2])) + sum(d - 9 if d > 9 else d for d in doubled)
    return total % 10 == 0
