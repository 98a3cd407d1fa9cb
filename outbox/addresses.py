"""What an address is.  It is found out once: that takes longer than all the rest of a mail."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

import pydantic
from email_validator import EmailNotValidError, ValidatedEmail, validate_email
from pydantic import AfterValidator, WithJsonSchema


@lru_cache(maxsize=4096)
def known(address: str) -> ValidatedEmail:
    """Its parts.  Raises `EmailNotValidError`."""
    return validate_email(address, check_deliverability=False)


def _normalized(given: str) -> str:
    """As pydantic's `EmailStr`, which takes a little more, and says what it does not take."""
    try:
        return known(given).normalized
    except EmailNotValidError:
        return pydantic.validate_email(given)[1]


Address = Annotated[
    str, AfterValidator(_normalized), WithJsonSchema({"type": "string", "format": "email"})
]
