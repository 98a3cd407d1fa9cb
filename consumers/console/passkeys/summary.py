"""What a device is about to sign, in words: read off the bytes, and off what they name."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from outbox.errors import Conflict
from outbox.seen import current
from outbox.store import Connection
from schemas.authority import documents


@dataclass(frozen=True, slots=True)
class Named:
    """One of them, as the manifest with this digest says."""

    id: int
    version: int
    digest: str
    subject: str
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What the page shows while the device waits for its person."""

    title: str
    facts: tuple[tuple[str, str], ...]
    """Names and values."""
    items: tuple[Named, ...]


def of_approval(connection: Connection, content: bytes) -> Summary:
    """What these bytes approve.  Raises `Conflict` if it has just become other."""
    said = documents.approval(content)
    items = tuple(_named(connection, item) for item in said.items)
    many = "1 intent" if len(items) == 1 else f"{len(items)} intents"
    held, place = said.held_until, said.delegator
    return Summary(
        title=f"{said.approver} approves {many}, for one attempt each",
        facts=(
            *((("in the place of", place),) if place is not None else ()),
            *((("not before", _moment(held)),) if held is not None else ()),
            ("until", _moment(said.expires_at)),
        ),
        items=items,
    )


def _named(connection: Connection, item: documents.Item) -> Named:
    manifest = current(connection, item.intent, item.version)
    if manifest.digest != item.manifest:
        raise Conflict(f"intent {item.intent} has just become other: read it again")
    return Named(
        item.intent,
        item.version,
        manifest.digest,
        manifest.title,
        manifest.to,
    )


def _moment(at: dt.datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S %Z}"
