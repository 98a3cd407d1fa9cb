"""What an address is.  It is found out once: that takes longer than all the rest of a mail."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated

import pydantic
from email_validator import EmailNotValidError, validate_email
from pydantic import AfterValidator, WithJsonSchema

_PLAIN = re.compile(r"([a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*)@([^@]+)", re.ASCII)
_LONGEST_LOCAL_PART = 64
_SURELY_SHORT = 200
"""Characters; at most 254 octets are allowed."""


@dataclass(frozen=True, slots=True)
class Known:
    """An address that is one."""

    normalized: str
    on_the_wire: str
    """With its domain in ASCII."""


@lru_cache(maxsize=4096)
def known(address: str) -> Known:
    """Raises `EmailNotValidError`.  Of a plain local part only the domain is looked at."""
    plain = _PLAIN.fullmatch(address) if len(address) < _SURELY_SHORT else None
    if plain is None or len(plain[1]) > _LONGEST_LOCAL_PART:
        return _found_out(address)
    domain = _of_domain(plain[2])
    return Known(f"{plain[1]}{domain.normalized[1:]}", f"{plain[1]}{domain.on_the_wire[1:]}")


@lru_cache(maxsize=4096)
def _of_domain(domain: str) -> Known:
    return _found_out(f"a@{domain}")


def _found_out(address: str) -> Known:
    valid = validate_email(address, check_deliverability=False)
    return Known(valid.normalized, f"{valid.local_part}@{valid.ascii_domain}")


def _normalized(given: str) -> str:
    """As pydantic's `EmailStr`, which takes a little more, and says what it does not take."""
    try:
        return known(given).normalized
    except EmailNotValidError:
        return pydantic.validate_email(given)[1]


Address = Annotated[
    str, AfterValidator(_normalized), WithJsonSchema({"type": "string", "format": "email"})
]


def host_of(url: str) -> str:
    """The name of the host of an https address that is one."""
    return url.removeprefix("https://").partition("/")[0].partition(":")[0]


def domain_of(recipient: str) -> str:
    """The part after the last @, or a web address's host, in lower case."""
    if recipient.startswith("https://"):
        return host_of(recipient).lower()
    return recipient.rpartition("@")[2].lower()
