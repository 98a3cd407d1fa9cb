"""Receipts in the log, with keys that everybody knows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from consumers.attesting import Attester
from consumers.checkpoints import Checkpoints
from outbox.receiptlog import ReceiptLog
from outbox.store import Connection
from schemas.receipts import merkle
from schemas.receipts.keys import Signer, trust_file


def signer_of(seed: bytes) -> Signer:
    """A key that nobody must ever trust outside these tests."""
    return Signer(Ed25519PrivateKey.from_private_bytes(seed * 32))


def pem_of(seed: bytes) -> bytes:
    """The file of such a key."""
    private = Ed25519PrivateKey.from_private_bytes(seed * 32)
    return private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


OURS, EVES = signer_of(b"\x01"), signer_of(b"\x02")
TRUST = trust_file(OURS.key).encode()


def attester(db: Connection, outside: Path | None = None, signer: Signer = OURS) -> Attester:
    return Attester(ReceiptLog(db), signer, Checkpoints(outside))


def attest(db: Connection, outside: Path | None = None) -> int:
    """Put everything that waits into the log; give back how many receipts that was."""
    at_work, attested = attester(db, outside), 0
    while more := at_work.look():
        attested += more
    return attested


def root_of(leaves: Sequence[bytes]) -> bytes:
    """The root of these leaves, by the very definition of RFC 6962, section 2.1."""
    if len(leaves) <= 1:
        return merkle.leaf_hash(leaves[0]) if leaves else merkle.EMPTY
    half = 1
    while 2 * half < len(leaves):
        half *= 2
    return merkle.node_hash(root_of(leaves[:half]), root_of(leaves[half:]))
