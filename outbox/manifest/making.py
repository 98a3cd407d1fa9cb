"""Make a manifest from the rows of an intent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from pydantic import ValidationError

from outbox.errors import BadArtifact
from outbox.intent import Artifact, Attachment, Email, Webhook, digest_of
from outbox.mail import as_lines, as_written, key_of, message_id, on_the_wire
from outbox.manifest.shape import (
    MailManifest,
    Manifest,
    RequestManifest,
    Transport,
    first_of,
    sha256_of,
)

_REQUIRED: Mapping[str, Transport] = MappingProxyType(
    dict.fromkeys(
        ("email", "webhook"),
        Transport(tls=True, verified_name=True, minimum_version="TLSv1.2", login=True),
    )
)


@dataclass(frozen=True, kw_only=True)
class Rows:
    """What the rows say of an intent and the latest version of its artifact."""

    log: str
    id: int
    version: int
    key: str
    producer: str
    channel: str
    content: bytes = field(repr=False)
    secret: bytes = field(repr=False)
    """Of the intent: its digests are keyed by it."""
    policy: int | None
    not_before: str
    """In UTC, to the microsecond, as `outbox.moment` spells it."""
    not_after: str | None

    @cached_property
    def artifact(self) -> Artifact:
        """The typed fields.  Raises `BadArtifact` if foreign hands wrote the bytes."""
        return as_written(self.content, self.channel)


def manifest_of(rows: Rows, transport: Transport) -> Manifest:
    """The manifest of these rows over this transport.

    Raises `BadArtifact` if they are of nothing that could ever be sent.
    """
    artifact = rows.artifact
    try:
        if isinstance(artifact, Email):
            return MailManifest.model_validate(_of_a_mail(rows, artifact, transport))
        return RequestManifest.model_validate(_of_a_request(rows, artifact, transport))
    except ValidationError as refusal:
        raise BadArtifact(first_of(refusal)) from refusal


def required(channel: str) -> Transport:
    """How well this channel must protect what it carries; a sender says how well it does.

    Raises `BadArtifact` if there is no such channel.
    """
    if channel not in _REQUIRED:
        raise BadArtifact(f"channel: there is none that is called {channel}")
    return _REQUIRED[channel]


def _of_everything(rows: Rows, digest: str, transport: Transport) -> dict[str, object]:
    return {
        "log": rows.log,
        "intent": rows.id,
        "version": rows.version,
        "key": rows.key,
        "producer": rows.producer,
        "channel": rows.channel,
        "artifact": digest,
        "blind": digest_of(b"manifest", rows.secret),
        "transport": transport,
        "policy": rows.policy,
        "not_before": rows.not_before,
        "not_after": rows.not_after,
    }


def _of_a_request(rows: Rows, webhook: Webhook, transport: Transport) -> dict[str, object]:
    digest = digest_of(rows.content, rows.secret)
    body = webhook.body
    headers = [(one.name, one.value) for one in webhook.headers]
    if body:
        headers = [("content-type", webhook.media_type), *headers]
    return _of_everything(rows, digest, transport) | {
        "request": {
            "url": webhook.url,
            "method": webhook.method,
            "id": f"msg_{sha256_of(f'{rows.log} {rows.id}'.encode())[:32]}",
            "key": key_of(rows.id, rows.version, digest),
            "headers": [{"name": name, "value": value} for name, value in headers],
            **_named(body),
        }
    }


def _of_a_mail(rows: Rows, email: Email, transport: Transport) -> dict[str, object]:
    digest = digest_of(rows.content, rows.secret)
    identity = message_id(rows.id, rows.version, digest, email.sender)
    return _of_everything(rows, digest, transport) | _of_the_mail(email, identity)


def _of_the_mail(email: Email, identity: str) -> dict[str, object]:
    to = [on_the_wire(address) for address in email.recipients]
    return {
        "envelope": {"from": on_the_wire(email.sender), "to": to},
        "identity": {"address": email.sender, "name": email.sender_name},
        "headers": {
            "subject": email.subject,
            "to": email.to,
            "cc": email.cc,
            "message_id": identity,
        },
        "bodies": list(_bodies(email)),
        "attachments": [_file(given) for given in email.attachments],
    }


def _bodies(email: Email) -> Iterator[dict[str, object]]:
    for media_type, text in (("text/plain", email.text), ("text/html", email.html)):
        if text:
            yield {"media_type": media_type, **_named(as_lines(text).encode())}


def _file(given: Attachment) -> dict[str, object]:
    named = _named(given.content)
    return {"filename": given.filename, "media_type": given.media_type, **named}


def _named(content: bytes) -> dict[str, object]:
    return {"size": len(content), "digest": sha256_of(content)}
