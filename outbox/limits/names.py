"""Addresses and domains, spelled as the database keeps those of artifacts."""

from __future__ import annotations

from email_validator import EmailNotValidError, ValidatedEmail, validate_email

from outbox.errors import BadSettings


def address(given: str) -> str:
    """An address in lower case, its domain in Unicode.  Raises `BadSettings`."""
    return _read(given).normalized.lower()


def domain(given: str) -> str:
    """A domain in lower case and Unicode.  Raises `BadSettings`."""
    return _read(f"anybody@{given}").domain.lower()


def _read(given: str) -> ValidatedEmail:
    try:
        return validate_email(given, check_deliverability=False)
    except EmailNotValidError as refusal:
        raise BadSettings(f"{given}: {refusal}") from refusal
