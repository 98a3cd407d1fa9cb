"""Keys: Ed25519, named after themselves, spelled as C2SP's signed-note does.

    holdshort-3f6c0a52b1d94e7f+1a2b3c4d+AcWk...

A trust file lists the keys that a verifier believes: {"keys": ["...", ...]}.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from schemas.receipts import reading
from schemas.receipts.reading import Unreadable

_ED25519 = b"\x01"


@dataclass(frozen=True, slots=True)
class Key:
    """Whoever holds its other half may speak for a log."""

    name: str
    public: bytes
    """32 bytes."""

    @property
    def hash(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + self.public).digest()[:4]

    def signed(self, signature: bytes, content: bytes) -> bool:
        """Whether it did."""
        return _signed(self.public, signature, content)

    def __str__(self) -> str:
        return f"{self.name}+{self.hash.hex()}+{reading.spelled(_ED25519 + self.public)}"


@lru_cache(maxsize=1024)
def _signed(public: bytes, signature: bytes, content: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, content)
    except InvalidSignature:
        return False
    return True


Trust = Mapping[str, Key]
"""The keys that are believed, by their names."""


class Signer:
    """The secret half."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        public = private.public_key().public_bytes_raw()
        self.key = Key(f"holdshort-{hashlib.sha256(public).hexdigest()[:16]}", public)
        self._private = private

    def sign(self, content: bytes) -> bytes:
        """64 bytes."""
        return self._private.sign(content)


def key(spelling: str) -> Key:
    """The key that is spelled like this.  Raises `Unreadable`."""
    name, _, rest = spelling.partition("+")
    _, _, public = rest.partition("+")
    content = reading.bytes_of(public, "a key", length=33)
    if not name or name.split() != [name] or content[:1] != _ED25519:
        raise Unreadable("a key has no name, or is none of Ed25519")
    found = Key(name, content[1:])
    if str(found) != spelling:
        raise Unreadable(f"the hash of key {name} is not its own")
    return found


def trusted(text: bytes) -> dict[str, Key]:
    """What a trust file says.  Raises `Unreadable`; no key at all can be read."""
    listed = reading.fields(reading.parsed(text), {"keys": list}, "the trust file")["keys"]
    if not all(isinstance(one, str) for one in listed):
        raise Unreadable("the trust file lists something that is no key")
    found = {one.name: one for one in map(key, listed)}
    if len(found) != len(listed):
        raise Unreadable("the trust file lists two keys of one name")
    return found


def trust_file(*pinned: Key) -> str:
    """The trust file for these keys."""
    return reading.canonical({"keys": [str(one) for one in pinned]}).decode() + "\n"
