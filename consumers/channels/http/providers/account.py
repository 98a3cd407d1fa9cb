"""A provider with our account there, as a sender holds it."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from consumers.channels.http.connecting import Way
from consumers.channels.http.places import header_in, http_verifying, networks
from consumers.channels.http.providers.adapter import (
    HINT,
    SETTING,
    Account,
    Adapter,
    adapter_of,
)
from consumers.channels.http.providers.sigv4 import Signer
from consumers.jsonfile import said_in
from outbox.addresses import host_of
from outbox.errors import BadSettings


@dataclass(frozen=True, kw_only=True)
class Provider:
    """A provider with our account there, as a sender holds it."""

    name: str
    said: Adapter
    secret: str = field(repr=False)
    definite: tuple[int, ...]
    way: Way

    @property
    def signer(self) -> Signer | None:
        if self.said.sigv4 is None:
            return None
        key, _, secret = self.secret.partition(":")
        return Signer(key=key, secret=secret, **self.said.sigv4.model_dump())

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must never be told."""
        return self.secret, self.secret.partition(":")[2]


def provider_in(file: Path) -> Provider:
    """Raises `BadSettings` for a file, or a secret beside it, that cannot be used."""
    beside = file.resolve().parent
    account = said_in(file, Account, SETTING, HINT)
    said = adapter_of(account, beside)
    secret = header_in(beside / account.secret_file, SETTING)
    if said.sigv4 is not None and not all(secret.partition(":")[::2]):
        raise BadSettings(f"{SETTING}: {account.secret_file} is not like KEY:SECRET")
    tls = http_verifying(account.ca_file and beside / account.ca_file)
    try:
        way = Way(tls=tls, excepted=networks(account.may_reach))
    except ValueError as wrong:
        raise BadSettings(f"{SETTING}: may_reach: {wrong}", hint=HINT) from None
    return Provider(
        name=account.provider, said=said, secret=secret, definite=account.definite, way=way
    )


def host_in(file: Path) -> str:
    """The host that the file lets be reached, without its secret."""
    account = said_in(file, Account, SETTING, HINT)
    return host_of(adapter_of(account, file.resolve().parent).url)
