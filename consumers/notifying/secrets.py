"""What stands in the file and beside it: addresses, and secrets for nobody else to read."""

from __future__ import annotations

import base64
import binascii
import re
from pathlib import Path
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email

from outbox.errors import BadSettings

_VISIBLE = re.compile(r"[!-~]+")
_SECRET = "whsec_"


def address(given: str) -> str:
    """An address of the house, in ASCII.  Raises `ValueError`."""
    try:
        found = validate_email(given, check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as refusal:
        raise ValueError(f"not an address: {refusal}") from None
    return f"{found.local_part}@{found.ascii_domain}"


def https(given: str) -> str:
    """An address with https, a name, no login.  Raises `ValueError`, which never shows it."""
    wrong = ValueError("not an address like https://host/path: https, and no login in it")
    try:
        parts = urlsplit(given)
        port = parts.port
    except ValueError:
        raise wrong from None
    if parts.scheme != "https" or not parts.hostname or port == 0:
        raise wrong
    if "@" in parts.netloc or parts.fragment or not _VISIBLE.fullmatch(given):
        raise wrong
    return given


def secret_in(file: Path) -> str:
    """The line in a file that nobody else may read.  Raises `BadSettings`."""
    try:
        mode, content = file.stat().st_mode, file.read_text("utf-8").rstrip("\r\n")
    except (OSError, UnicodeError) as error:
        why = f"{file} cannot be read: {type(error).__name__}"
        raise BadSettings(f"HOLDSHORT_NOTIFY: {why}") from None
    if mode & 0o077:
        raise BadSettings(
            f"HOLDSHORT_NOTIFY: others may read or write {file}",
            hint=f"if nobody has read it: chmod 600 {file}",
        )
    if not content:
        raise BadSettings(f"HOLDSHORT_NOTIFY: {file} is empty")
    return content


def url_in(file: Path) -> str:
    """The https address in such a file.  Raises `BadSettings`."""
    try:
        return https(secret_in(file))
    except ValueError as wrong:
        raise BadSettings(f"HOLDSHORT_NOTIFY: {file}: {wrong}") from None


def webhook_secret_in(file: Path) -> bytes:
    """The 24 to 64 bytes of a webhook's secret.  Raises `BadSettings`."""
    spelled = secret_in(file)
    try:
        secret = base64.b64decode(spelled.removeprefix(_SECRET), validate=True)
    except binascii.Error:
        secret = b""
    if not spelled.startswith(_SECRET) or not 24 <= len(secret) <= 64:
        raise BadSettings(
            f"HOLDSHORT_NOTIFY: {file} has no {_SECRET} and base64 of 24 to 64 bytes",
            hint=f"make one: echo {_SECRET}$(head -c 32 /dev/urandom | base64) > FILE",
        )
    return secret
