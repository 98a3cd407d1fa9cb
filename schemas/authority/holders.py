"""What people sign with: Ed25519 keys, and passkeys.

Both have a name made of their public half, and both are asked in one way whether they have
signed some bytes.
"""

from __future__ import annotations

from schemas.authority.passkeys import Passkey, passkey
from schemas.receipts import keys, reading
from schemas.receipts.envelope import Envelope, Invalid, encoded
from schemas.receipts.keys import Key
from schemas.receipts.reading import JSON, Unreadable

Holder = Key | Passkey
"""Whoever has its other half may sign as the person for whom it is enrolled."""


def holder(value: object) -> Holder:
    """The key that JSON says so.  Raises `Unreadable`."""
    return keys.key(value) if isinstance(value, str) else passkey(value)


def spelled(of: Holder) -> str | JSON:
    """A key as JSON says it."""
    return str(of) if isinstance(of, Key) else of.as_json()


def check(envelope: Envelope, of: Holder) -> None:
    """Raise `Invalid` if this key has not signed it."""
    content = encoded(envelope.kind, envelope.payload)
    if isinstance(of, Passkey):
        of.check(envelope.signature, content)
    elif not of.signed(envelope.signature, content):
        raise Invalid(f"the signature of {of.name} is not of these bytes")


def of_file(text: bytes) -> Holder:
    """The one public key in a file: as `holdshort key create` prints it, or a passkey.

    Raises `Unreadable`.
    """
    value = reading.parsed(text)
    if not isinstance(value, dict) or "keys" not in value:
        return passkey(value)
    pinned = keys.trusted(text)
    if len(pinned) != 1:
        raise Unreadable(f"the file has {len(pinned)} keys, and one is enrolled at a time")
    return next(iter(pinned.values()))
