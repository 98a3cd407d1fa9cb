"""The shape of a manifest: exactly these fields, of exactly these types."""

from __future__ import annotations

import hashlib
from typing import Annotated, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
)

from outbox.canonical import written
from outbox.fields import first_refused

Whole = Annotated[int, Field(ge=0, lt=2**53)]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Moment = Annotated[str, StringConstraints(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")]
"""In UTC, to the microsecond."""
Addresses = Annotated[tuple[str, ...], Field(strict=False)]


class _Fields(BaseModel):
    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, serialize_by_alias=True, validate_by_name=True
    )


class Transport(_Fields):
    """How well the way out is protected, whichever server it leads to."""

    tls: bool
    verified_name: bool
    """The certificate's chain, and that it carries the server's name."""
    minimum_version: str
    login: bool


class Envelope(_Fields):
    """Who hands it over, and to whom: addresses as they are on the wire."""

    sender: Annotated[str, Field(alias="from")]
    to: Addresses


class Identity(_Fields):
    """Who it says it is from."""

    address: str
    name: str


class Headers(_Fields):
    """The headers that people read, and the one that tells a duplicate."""

    subject: str
    to: Addresses
    cc: Addresses
    message_id: str


class Body(_Fields):
    """A text, by its UTF-8 bytes with every line ended by CRLF."""

    media_type: Literal["text/plain", "text/html"]
    size: Whole
    digest: Digest


class File(_Fields):
    """An attachment, by its decoded bytes."""

    filename: str
    media_type: str
    size: Whole
    digest: Digest


class Said(_Fields):
    """A header, as it leaves."""

    name: str
    value: str


class Request(_Fields):
    """What is said to a program, but for who says it, and when."""

    url: str
    method: str
    id: str
    """Tells a repetition: the same for every attempt, and every version."""
    key: str
    """The same for every attempt at these bytes, where a destination takes such a key."""
    headers: Annotated[tuple[Said, ...], Field(strict=False)]
    size: Whole  # of the body
    digest: Digest


class _Everything(_Fields):
    """What is said of whatever leaves."""

    v: Literal[1] = 1
    log: str
    """The name of this installation's log of receipts: no other one may send it."""
    intent: Whole
    version: Whole
    key: str
    producer: str
    channel: str
    artifact: Digest
    blind: Digest
    """Nobody can guess it without the secret of the intent, and so no manifest by its digest
    once that is erased."""
    transport: Transport
    policy: Whole | None
    """The revision of the policy that it was approved under."""
    not_before: Moment
    not_after: Moment | None

    @property
    def written(self) -> bytes:
        """The canonical bytes."""
        return written(self)

    @property
    def digest(self) -> str:
        """The name of this manifest: what a person types, and what is approved."""
        return sha256_of(self.written)


class MailManifest(_Everything):
    """What one approval of a mail is for, all of it."""

    channel: Literal["email"]
    envelope: Envelope
    identity: Identity
    headers: Headers
    bodies: Annotated[tuple[Body, ...], Field(strict=False)]
    attachments: Annotated[tuple[File, ...], Field(strict=False)]

    @property
    def title(self) -> str:
        """What it is, in one line."""
        return self.headers.subject

    @property
    def to(self) -> Addresses:
        """Whom it reaches."""
        return self.envelope.to

    @property
    def mark(self) -> str:
        """By what the other side knows it."""
        return self.headers.message_id


class RequestManifest(_Everything):
    """What one approval of a request is for, all of it."""

    channel: Literal["webhook"]
    request: Request

    @property
    def title(self) -> str:
        """What it is, in one line."""
        return f"{self.request.method} {self.request.url}"

    @property
    def to(self) -> tuple[str, ...]:
        """Whom it reaches."""
        return (self.request.url,)

    @property
    def mark(self) -> str:
        """By what the other side knows it."""
        return self.request.id


Manifest = MailManifest | RequestManifest
"""What one approval is for, all of it."""

READER: TypeAdapter[Manifest] = TypeAdapter(
    Annotated[MailManifest | RequestManifest, Field(discriminator="channel")]
)


def sha256_of(content: bytes) -> str:
    """SHA-256, 64 hex digits."""
    return hashlib.sha256(content).hexdigest()


def first_of(refusal: ValidationError) -> str:
    """The first field that is refused, and why."""
    where, why = first_refused(refusal)
    return f"{where or 'manifest'}: {why}"
