"""Rules about who gets it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from consumers.scorers import History
from consumers.scorers.kinds import Found, Kind
from consumers.scorers.reading import Reading
from outbox.addresses import domain_of

SEVERAL = 3
"""Domains of recipients who all see each other's addresses."""

_PROVIDERS = """
    gmail.com outlook.com hotmail.com yahoo.com icloud.com aol.com gmx.de gmx.net web.de
    proton.me protonmail.com googlemail.com live.com
"""
_EVERYBODYS = frozenset(_PROVIDERS.split())
_SHORTEST = 6
_UNREAD = re.compile(
    r"(?:no|not|donot|do-not|dont)[-_.]?reply\b.*|mailer-daemon|bounces?\b.*|postmaster"
)


def newcomer(reading: Reading, history: History) -> Iterator[Found]:
    """A domain that nothing was sent to before."""
    domains = {domain_of(one) for one in reading.recipients}
    if strange := domains - history.domains:
        said = f"nothing was sent to {len(strange)} of its {len(domains)} domains lately"
        yield Found(Kind.NEW_DOMAIN, said)


def mistyped(reading: Reading, history: History) -> Iterator[Found]:
    """A new domain that is one slip of a finger off one that we know."""
    known = history.domains
    for domain in sorted({domain_of(one) for one in reading.recipients} - known - _EVERYBODYS):
        if any(_is_a_slip(domain, other) for other in known | _EVERYBODYS):
            yield Found(Kind.MISTYPED_DOMAIN, "a new domain is one letter off a known one")
            return


def many(reading: Reading, _: History) -> Iterator[Found]:
    """People of several organisations, each of whom sees the others."""
    domains = {domain_of(one) for one in reading.recipients}
    if reading.mail and len(domains) >= SEVERAL:
        said = f"people of {len(domains)} domains see each other's addresses"
        yield Found(Kind.MANY_ORGANISATIONS, said)


def unread(reading: Reading, _: History) -> Iterator[Found]:
    """An address that only ever sends."""
    names = (one.rpartition("@")[0].lower() for one in reading.recipients if "@" in one)
    if any(map(_UNREAD.fullmatch, names)):
        yield Found(Kind.UNREAD_MAILBOX, "nobody reads what one of its recipients gets")


def _is_a_slip(one: str, other: str) -> bool:
    """Whether they differ by one letter too many, too few, wrong, or by two in turned order."""
    if min(len(one), len(other)) < _SHORTEST or abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), -1)
    if start < 0:
        return True
    one, other = one[start:], other[start:]
    turned = one[:2] == other[1::-1] and one[2:] == other[2:]
    return turned or one[1:] == other[1:] or one[1:] == other or one == other[1:]
