"""Two versions of an artifact, field by field; its texts by their lines."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from outbox.diffing.lines import Hunk, hunks
from outbox.intent import Artifact, Attachment, Email, Webhook

TEXTS = ("subject", "text", "html")


@dataclass(frozen=True, slots=True)
class Field:
    """A field that says something else: each of its values before, and after."""

    name: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Text:
    """A text that says something else, and where."""

    name: str
    hunks: tuple[Hunk, ...]


@dataclass(frozen=True, slots=True)
class Diff:
    """Everything in which they differ; both are empty if they are the same."""

    fields: tuple[Field, ...]
    texts: tuple[Text, ...]


def compare(before: Artifact, after: Artifact) -> Diff:
    """What the later version says otherwise."""
    one, other = _values(before), _values(after)
    names = dict.fromkeys((*one, *other))
    told = ((name, one.get(name, ()), other.get(name, ())) for name in names)
    fields = [Field(*field) for field in told if field[1] != field[2]]
    found = {name: hunks(_text(before, name), _text(after, name)) for name in TEXTS}
    texts = [Text(name, said) for name, said in found.items() if said]
    return Diff(tuple(fields), tuple(texts))


def _text(artifact: Artifact, name: str) -> str:
    found: str = getattr(artifact, name, "")
    return found


def _values(artifact: Artifact) -> dict[str, tuple[str, ...]]:
    amount = artifact.amount
    own = _of_mail(artifact) if isinstance(artifact, Email) else _of_request(artifact)
    return {
        "channel": (artifact.channel,),
        **own,
        "amount": () if amount is None else (f"{amount.value} {amount.currency}",),
    }


def _of_request(webhook: Webhook) -> dict[str, tuple[str, ...]]:
    content = webhook.content
    told = f"{len(content)} bytes, SHA-256 {sha256(content).hexdigest()}"
    return {
        "url": (webhook.url,),
        "method": (webhook.method,),
        "media_type": (webhook.media_type,),
        "headers": tuple(f"{one.name}: {one.value}" for one in webhook.headers),
        "content": (told,) if content else (),
    }


def _of_mail(mail: Email) -> dict[str, tuple[str, ...]]:
    return {
        "sender": (mail.sender,),
        "sender_name": (mail.sender_name,) if mail.sender_name else (),
        "to": mail.to,
        "cc": mail.cc,
        "attachments": tuple(map(_told, mail.attachments)),
    }


def _told(one: Attachment) -> str:
    """Its name, type and size, and the digest that tells other bytes."""
    digest = sha256(one.content).hexdigest()
    return f"{one.filename} ({one.media_type}, {len(one.content)} bytes, SHA-256 {digest})"
