"""What the script of a page posts here and is answered: bytes are base64url without padding."""

from __future__ import annotations

import base64
import re
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from consumers.approving import Item
from consumers.console.passkeys.summary import Summary
from outbox.authority.challenges import LIFE
from schemas.authority.passkeys import Assertion, Passkey

_URL = re.compile(r"[A-Za-z0-9_-]+")
Options = dict[str, object]
"""What a browser is given under `publicKey`."""


def unpadded(text: object) -> bytes:
    """The bytes that it spells.  Raises `ValueError`."""
    if not isinstance(text, str) or not _URL.fullmatch(text):
        raise ValueError("this is no base64url without padding")
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def spelled(content: bytes) -> str:
    """The same, the other way."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


Spelled = Annotated[bytes, BeforeValidator(unpadded), Field(min_length=1, max_length=4096)]


class _Posted(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Answer(_Posted):
    """What a device answered when it was asked to sign."""

    credential: Spelled
    authenticator_data: Spelled
    client_data: Spelled
    signature: Spelled

    @property
    def assertion(self) -> Assertion:
        return Assertion(self.authenticator_data, self.client_data, self.signature)


class New(_Posted):
    """What a device answered when it was asked for a passkey."""

    credential: Spelled
    client_data: Spelled
    attestation: Spelled


class Read(_Posted):
    """One intent, and the digest of what was read of it."""

    id: Annotated[int, Field(ge=1, lt=2**53)]
    digest: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]


class ToApprove(_Posted):
    """What somebody is about to approve, and in whose place."""

    items: Annotated[tuple[Read, ...], Field(min_length=1, max_length=100)]
    delegator: Annotated[str, Field(min_length=1, max_length=200)] | None = None

    @property
    def wanted(self) -> list[Item]:
        return [Item(one.id, one.digest) for one in self.items]


class ToSign(BaseModel):
    """What a browser asks the device, and what the page says meanwhile."""

    publicKey: Options
    summary: Summary


def asking_for(challenge: bytes, passkeys: list[Passkey]) -> Options:
    """The options of `navigator.credentials.get`: any of these, with its user verified."""
    return {
        "challenge": spelled(challenge),
        "rpId": passkeys[0].rp_id,
        "allowCredentials": [
            {"type": "public-key", "id": spelled(one.credential)} for one in passkeys
        ],
        "userVerification": "required",
        "timeout": int(LIFE.total_seconds() * 1000),
    }
