"""A secret key: a PEM file that nobody but its owner may read."""

from __future__ import annotations

from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from outbox.errors import BadSettings
from outbox.newfile import new_file
from schemas.receipts.keys import Signer

ATTEST = "HOLDSHORT_ATTEST_KEY_FILE"


def load(file: Path | None, named: str = ATTEST) -> Signer:
    """The key in the file that the setting or option `named` names.

    Raises `BadSettings`, which never shows what is in it.
    """
    hint = f"make one: holdshort key create FILE; then set {named}=FILE"
    if file is None:
        raise BadSettings(f"{named} is not set", hint=hint)
    try:
        mode, content = file.stat().st_mode, file.read_bytes()
    except OSError as error:
        why = f"{file} cannot be read: {type(error).__name__}"
        raise BadSettings(f"{named}: {why}", hint=hint) from None
    if mode & 0o077:
        raise BadSettings(
            f"{named}: others may read or write {file}",
            hint=f"if nobody has read it: chmod 600 {file}",
        )
    try:
        private = load_pem_private_key(content, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        private = None
    if not isinstance(private, Ed25519PrivateKey):
        raise BadSettings(
            f"{named}: {file} has no Ed25519 key without a password",
            hint=hint,
        )
    return Signer(private)


def create(file: Path) -> Signer:
    """A new key in a new file.  Raises `BadSettings` if the file is there, or cannot be."""
    private = Ed25519PrivateKey.generate()
    content = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with new_file(file, mode=0o600) as made:
        made.write(content)
    return Signer(private)
