"""People at the console: who may sign in, who is signed in, and the links that do it once.

Of everything secret only a digest is kept, so reading the tables lets nobody in.
"""

from __future__ import annotations

from hashlib import sha256


def digest_of(secret: str) -> bytes:
    """What the database keeps of a random secret: 32 bytes."""
    return sha256(secret.encode()).digest()
