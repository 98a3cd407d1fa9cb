"""The attester's secret key: a PEM file that nobody but its owner may read."""

from __future__ import annotations

import os
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
from schemas.receipts.keys import Signer

_HINT = "make one: holdshort key create FILE; then set HOLDSHORT_ATTEST_KEY_FILE=FILE"


def load(file: Path | None) -> Signer:
    """The key in this file.  Raises `BadSettings`, which never shows what is in it."""
    if file is None:
        raise BadSettings("HOLDSHORT_ATTEST_KEY_FILE is not set", hint=_HINT)
    try:
        mode, content = file.stat().st_mode, file.read_bytes()
    except OSError as error:
        why = f"{file} cannot be read: {type(error).__name__}"
        raise BadSettings(f"HOLDSHORT_ATTEST_KEY_FILE: {why}", hint=_HINT) from None
    if mode & 0o077:
        raise BadSettings(
            f"HOLDSHORT_ATTEST_KEY_FILE: others may read or write {file}",
            hint=f"if nobody has read it: chmod 600 {file}",
        )
    try:
        private = load_pem_private_key(content, password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        private = None
    if not isinstance(private, Ed25519PrivateKey):
        raise BadSettings(
            f"HOLDSHORT_ATTEST_KEY_FILE: {file} has no Ed25519 key without a password",
            hint=_HINT,
        )
    return Signer(private)


def create(file: Path) -> Signer:
    """A new key in a new file.  Raises `BadSettings` if the file is there, or cannot be."""
    private = Ed25519PrivateKey.generate()
    content = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    try:
        made = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise BadSettings(
            f"{file} cannot be made: {error.strerror}",
            hint="name a file that is not there yet, in a folder that is",
        ) from None
    with os.fdopen(made, "wb") as open_file:
        open_file.write(content)
    return Signer(private)
