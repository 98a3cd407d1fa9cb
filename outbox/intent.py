"""What an agent may propose: typed fields, canonical bytes, and the digest that names them.

An artifact is immutable.  Its bytes are the RFC 8785 canonical JSON of its fields and
its digest is the HMAC-SHA-256 of those bytes under the secret of its intent: whoever has
the secret can check them, and once it is erased, nobody can even guess them.  Agents give
typed fields, never MIME and never headers.
"""

from __future__ import annotations

import datetime as dt
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Annotated, Any, Literal

from pydantic import (
    Base64Bytes,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from outbox.addresses import Address
from outbox.canonical import written
from outbox.errors import BadArtifact
from outbox.fields import (
    Amount,
    Fields,
    FileName,
    MediaType,
    OneLine,
    Priced,
    Text,
    first_refused,
)
from outbox.webhook import Webhook

__all__ = [
    "CHANNELS",
    "Amount",
    "Artifact",
    "Attachment",
    "Email",
    "Intent",
    "Proposal",
    "Webhook",
    "canonical",
    "digest_of",
    "parse_artifact",
]

LARGEST_ARTIFACT = 20 * 2**20
"""Bytes of canonical JSON; the database refuses more, too."""


class Attachment(Fields):
    """A file that travels with a mail; `content` is base64 on every wire."""

    filename: FileName
    media_type: MediaType
    content: Base64Bytes


class Email(Fields):
    """A mail, as its author sees it."""

    channel: Literal["email"] = "email"
    sender: Address
    sender_name: Annotated[OneLine, StringConstraints(max_length=200)] = ""
    to: Annotated[tuple[Address, ...], Field(min_length=1, max_length=50, strict=False)]
    cc: Annotated[tuple[Address, ...], Field(max_length=50, strict=False)] = ()
    subject: Annotated[OneLine, StringConstraints(min_length=1, max_length=500)]
    text: Text = ""
    html: Text = ""
    attachments: Annotated[tuple[Attachment, ...], Field(max_length=20, strict=False)] = ()
    amount: Priced = None

    @model_validator(mode="after")
    def _says_something_to_each_once(self) -> Email:
        if not (self.text.strip() or self.html.strip()):
            raise ValueError("a mail needs text or html")
        if len(set(self.recipients)) != len(self.recipients):
            raise ValueError("a recipient is named twice")
        return self

    @property
    def recipients(self) -> tuple[str, ...]:
        """Everyone who would receive it."""
        return (*self.to, *self.cc)

    @property
    def title(self) -> str:
        """What it is, in one line."""
        return self.subject


def _channel(given: object) -> object:
    if isinstance(given, dict):
        return given.get("channel", "email")
    return getattr(given, "channel", None)


Artifact = Annotated[
    Annotated[Email, Tag("email")] | Annotated[Webhook, Tag("webhook")], Discriminator(_channel)
]
"""Every kind of artifact, told apart by its channel; without one it is a mail."""

_ANY: TypeAdapter[Email | Webhook] = TypeAdapter(Artifact)
_KINDS: Mapping[str, TypeAdapter[Any]] = MappingProxyType(
    {"email": TypeAdapter(Email), "webhook": TypeAdapter(Webhook)}
)
CHANNELS = frozenset(_KINDS)
"""Their names."""


@dataclass(frozen=True, slots=True)
class Intent:
    """What `submit` gives back: the row's id and the bytes it names."""

    id: int
    version: int
    digest: str
    """64 hex digits that name these bytes, and tell nothing about them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """An artifact with its caller's name for it and the times it may leave."""

    artifact: Artifact
    key: str
    """The idempotency key, 1 to 200 characters: same key and bytes, same intent."""
    producer: str
    """Which service or agent proposes."""
    not_before: dt.datetime | None = None
    not_after: dt.datetime | None = None
    traceparent: str | None = None
    """W3C trace context of the caller; None: that of the OpenTelemetry span it is in."""
    tenant: str | None = None
    """Which of the tenants that the login is bound to; None if there is no choice."""


def canonical(artifact: Artifact) -> bytes:
    """The exact bytes that a person approves.  Raises `BadArtifact` above the size cap."""
    content = written(artifact)
    if len(content) > LARGEST_ARTIFACT:
        raise BadArtifact(
            f"the artifact has {len(content)} bytes, more than {LARGEST_ARTIFACT} allowed",
            hint="link to large files instead of attaching them",
        )
    return content


def digest_of(content: bytes, secret: bytes) -> str:
    """The name of these bytes in the intent with this secret: HMAC-SHA-256 in hex."""
    return hmac.digest(secret, content, "sha256").hex()


def parse_artifact(content: bytes | str, channel: str | None = None) -> Artifact:
    """Read an artifact from JSON; of this channel alone, where it is known.

    Raises `BadArtifact`, naming the first bad field.
    """
    reader = _ANY if channel is None else _KINDS.get(channel)
    if reader is None:
        raise BadArtifact(f"channel: there is none that is called {channel}")
    try:
        found: Artifact = reader.validate_json(content)
        return found
    except ValidationError as refusal:
        where, why = first_refused(refusal, but=CHANNELS)
        raise BadArtifact(f"{where or 'artifact'}: {why}") from refusal
