"""Addresses, domains, currencies and days, spelled as the database keeps them."""

from __future__ import annotations

import re

from email_validator import EmailNotValidError, ValidatedEmail, validate_email

from outbox.errors import BadSettings

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The first of a week is its day 1."""


def address(given: str) -> str:
    """An address in lower case, its domain in Unicode.  Raises `BadSettings`."""
    return _read(given).normalized.lower()


def domain(given: str) -> str:
    """A domain in lower case and Unicode.  Raises `BadSettings`."""
    return _read(f"anybody@{given}").domain.lower()


def currency(given: str) -> str:
    """A currency of ISO 4217, in capitals.  Raises `BadSettings`."""
    if not re.fullmatch(r"[A-Z]{3}", given.upper(), re.ASCII):
        raise BadSettings(f"{given}: not a currency like EUR")
    return given.upper()


def weekdays(given: str) -> tuple[int, ...]:
    """`mon,tue` as 1 and 2.  Raises `BadSettings`."""
    named = [day.strip().lower() for day in given.split(",")]
    if unknown := ", ".join(day for day in named if day not in DAYS):
        raise BadSettings(f"{unknown}: not a day like {', '.join(DAYS)}")
    return tuple(DAYS.index(day) + 1 for day in named)


def _read(given: str) -> ValidatedEmail:
    try:
        return validate_email(given, check_deliverability=False)
    except EmailNotValidError as refusal:
        raise BadSettings(f"{given}: {refusal}") from refusal
