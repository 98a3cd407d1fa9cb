"""Two versions of a mail, field by field; its texts by their lines."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from outbox.diffing.lines import Hunk, hunks
from outbox.intent import Attachment, Email

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


def compare(before: Email, after: Email) -> Diff:
    """What the later version says otherwise."""
    one, other = _values(before), _values(after)
    fields = [Field(name, one[name], other[name]) for name in one if one[name] != other[name]]
    found = {name: hunks(getattr(before, name), getattr(after, name)) for name in TEXTS}
    texts = [Text(name, told) for name, told in found.items() if told]
    return Diff(tuple(fields), tuple(texts))


def _values(mail: Email) -> dict[str, tuple[str, ...]]:
    amount = mail.amount
    return {
        "channel": (mail.channel,),
        "sender": (mail.sender,),
        "sender_name": (mail.sender_name,) if mail.sender_name else (),
        "to": mail.to,
        "cc": mail.cc,
        "attachments": tuple(map(_told, mail.attachments)),
        "amount": () if amount is None else (f"{amount.value} {amount.currency}",),
    }


def _told(one: Attachment) -> str:
    """Its name, type and size, and the digest that tells other bytes."""
    digest = sha256(one.content).hexdigest()
    return f"{one.filename} ({one.media_type}, {len(one.content)} bytes, SHA-256 {digest})"
