"""Where the model is, and our account there, as an operator says it in a file."""

from __future__ import annotations

import ssl
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from consumers.jsonfile import said_in
from consumers.secretfile import secret_in
from consumers.verifying import verifying
from outbox.errors import BadSettings

SETTING = "HOLDSHORT_JUDGE"
_HINT = "see docs/SCORERS.md"
_A_MILLION = 1_000_000


def _https(given: str) -> str:
    parts = urlsplit(given)
    if parts.scheme != "https" or not parts.hostname or "@" in parts.netloc or parts.query:
        raise ValueError("not an address like https://host/v1: https, and no login in it")
    return given.rstrip("/")


class Prices(BaseModel):
    """In US dollars for a million tokens."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    read: Annotated[Decimal, Field(ge=0, le=100_000)]
    written: Annotated[Decimal, Field(ge=0, le=100_000)]


class Said(BaseModel):
    """The file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: Annotated[str, AfterValidator(_https)]
    """What stands before /chat/completions."""
    model: Annotated[str, StringConstraints(pattern=r"^[!-~]{1,150}$")]
    key_file: Path | None = None
    """Beside this file, for nobody else to read; None: it asks for no key."""
    ca_file: Path | None = None
    dollars: Prices = Prices(read=Decimal(0), written=Decimal(0))


@dataclass(frozen=True, kw_only=True)
class Account:
    """What is needed to ask."""

    url: str
    model: str
    key: str = field(repr=False)
    tls: ssl.SSLContext
    dollars: Prices

    def cost(self, read: int, written: int) -> Decimal:
        """Of so many tokens, in US dollars."""
        return (read * self.dollars.read + written * self.dollars.written) / _A_MILLION


def account_in(file: Path) -> Account:
    """Raises `BadSettings` for the file, or for one beside it, that cannot be used."""
    said, beside = said_in(file, Said, SETTING, _HINT), file.resolve().parent
    key = secret_in(beside / said.key_file, SETTING) if said.key_file else ""
    if not key.isascii() or not key.isprintable():
        raise BadSettings(f"{SETTING}: {said.key_file} holds what no header can")
    return Account(
        url=f"{said.url}/chat/completions",
        model=said.model,
        key=key,
        tls=verifying(said.ca_file and beside / said.ca_file, setting=SETTING),
        dollars=said.dollars,
    )
