"""What stands in the file and beside it: addresses, and secrets for nobody else to read."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

from email_validator import EmailNotValidError, validate_email

from consumers import secretfile
from outbox.errors import BadSettings

_VISIBLE = re.compile(r"[!-~]+")
_SETTING = "HOLDSHORT_NOTIFY"


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
    return secretfile.secret_in(file, _SETTING)


def url_in(file: Path) -> str:
    """The https address in such a file.  Raises `BadSettings`."""
    try:
        return https(secret_in(file))
    except ValueError as wrong:
        raise BadSettings(f"HOLDSHORT_NOTIFY: {file}: {wrong}") from None


def webhook_secret_in(file: Path) -> bytes:
    """The 24 to 64 bytes of a webhook's secret.  Raises `BadSettings`."""
    return secretfile.webhook_secret_in(file, _SETTING)
