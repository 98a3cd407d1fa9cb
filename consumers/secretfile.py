"""Secrets in files that nobody else may read, beside the file that names them."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path

from outbox.errors import BadSettings

_SECRET = "whsec_"


def secret_in(file: Path, setting: str) -> str:
    """The line in a file that nobody else may read.  Raises `BadSettings`."""
    try:
        mode, content = file.stat().st_mode, file.read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeError) as error:
        why = f"{file} cannot be read: {type(error).__name__}"
        raise BadSettings(f"{setting}: {why}") from None
    if mode & 0o077:
        raise BadSettings(
            f"{setting}: others may read or write {file}",
            hint=f"if nobody has read it: chmod 600 {file}",
        )
    if not content:
        raise BadSettings(f"{setting}: {file} is empty")
    return content


def webhook_secret_in(file: Path, setting: str) -> bytes:
    """The 24 to 64 bytes of a webhook's secret.  Raises `BadSettings`."""
    spelled = secret_in(file, setting)
    try:
        secret = base64.b64decode(spelled.removeprefix(_SECRET), validate=True)
    except binascii.Error:
        secret = b""
    if not spelled.startswith(_SECRET) or not 24 <= len(secret) <= 64:
        raise BadSettings(
            f"{setting}: {file} has no {_SECRET} and base64 of 24 to 64 bytes",
            hint=f"make one: echo {_SECRET}$(head -c 32 /dev/urandom | base64) > FILE",
        )
    return secret
