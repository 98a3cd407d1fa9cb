"""Passwords: kept as argon2id, and the same work for whoever has none."""

from __future__ import annotations

import secrets
import unicodedata
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from outbox.errors import BadSettings

SHORTEST, LONGEST = 12, 1000
"""Characters of a password."""
_HASHER = PasswordHasher()  # of RFC 9106, 64 MiB each
_AT_ONCE = BoundedSemaphore(4)
"""So many are hashed at a time, whoever knocks."""


def hashed(password: str) -> str:
    """What to keep of it.  Raises `BadSettings` if it is too short or too long."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise BadSettings(
            f"a password has {SHORTEST} to {LONGEST} characters",
            hint="a few words that nobody else would put together do",
        )
    with _AT_ONCE:
        return _HASHER.hash(_spelled(password))


def is_right(hash: str | None, password: str) -> bool:
    """Whether it is the password of this hash; without one, no, after the same time."""
    with _AT_ONCE:
        try:
            _HASHER.verify(hash or _nobodys(), _spelled(password))
        except (VerificationError, InvalidHashError):
            return False
    return hash is not None


@cache
def _nobodys() -> str:
    return _HASHER.hash(secrets.token_urlsafe())


def _spelled(password: str) -> str:
    """In one spelling, whatever keyboard it was typed on."""
    return unicodedata.normalize("NFC", password)
