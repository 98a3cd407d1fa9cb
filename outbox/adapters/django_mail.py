"""Django's mails as ours.  What ours cannot say is refused by its name, never left out."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from email.mime.base import MIMEBase
from email.utils import parseaddr
from typing import Any

from django.core.mail import EmailMessage

from outbox.errors import BadArtifact
from outbox.intent import Artifact, parse_artifact

KEY = "idempotency-key"
_BODIES = {"plain": "text", "html": "html"}
_HINT = "leave it out, or send that mail by another backend: get_connection(BACKEND)"


def artifact_of(mail: EmailMessage) -> tuple[Artifact, str | None]:
    """What would leave, and the key that its header names.  Raises `BadArtifact`."""
    for unsaid in _unsaid(mail):
        raise BadArtifact(f"{unsaid}: a mail of ours cannot say that", hint=_HINT)
    name, sender = parseaddr(str(mail.from_email))
    fields = {
        "sender": sender,
        "sender_name": name,
        "to": list(map(str, mail.to)),
        "cc": list(map(str, mail.cc)),
        "subject": str(mail.subject),
        **dict(_bodies(mail)),
        "attachments": list(map(_attachment, mail.attachments)),
    }
    keys = [str(value) for header, value in mail.extra_headers.items() if header.lower() == KEY]
    return parse_artifact(json.dumps(fields)), keys[0] if keys else None


def _unsaid(mail: EmailMessage) -> Iterator[str]:
    if type(mail).message is not EmailMessage.message:
        yield f"{type(mail).__name__}.message, which writes its own MIME"
    yield from (f"headers.{name}" for name in mail.extra_headers if name.lower() != KEY)
    yield from (name for name in ("bcc", "reply_to") if getattr(mail, name))
    yield from (
        f"{field}, a name" for field in ("to", "cc") if _has_names(getattr(mail, field))
    )
    kinds = [kind for kind, _ in _parts(mail)]
    yield from (f"a body of {kind}" for kind in kinds if kind not in _BODIES)
    if len(set(kinds)) < len(kinds):
        yield "two bodies of one kind"
    yield from (f"attachments.{at}" for at, one in enumerate(mail.attachments) if _is_odd(one))


def _parts(mail: EmailMessage) -> Iterator[tuple[str, str]]:
    if mail.body:
        yield str(mail.content_subtype), str(mail.body)
    for content, kind in getattr(mail, "alternatives", ()):
        yield str(kind).removeprefix("text/"), str(content)


def _bodies(mail: EmailMessage) -> Iterator[tuple[str, str]]:
    return ((_BODIES[kind], content) for kind, content in _parts(mail))


def _has_names(addresses: list[Any]) -> bool:
    return any("<" in str(one) for one in addresses)


def _is_odd(attachment: Any) -> bool:
    """Made by hand, or a mail within the mail: a server may not take that as base64."""
    if isinstance(attachment, MIMEBase):
        return True
    kind = str(attachment[2] or "")
    return not attachment[0] or kind.startswith(("message/", "multipart/"))


def _attachment(attachment: Any) -> dict[str, str]:
    filename, content, kind = attachment
    content = content.encode() if isinstance(content, str) else bytes(content)
    return {
        "filename": str(filename),
        "media_type": str(kind or "application/octet-stream"),
        "content": base64.b64encode(content).decode(),
    }
