"""Documents that people sign, each in exactly one spelling (RFC 8785).

An approval is signed by the person who approves; an enrolment says whose a key is, and a
revocation takes a key or an approval back: both are signed by a root key.  What a person
signs in advance is in `schemas.authority.standing`.  The kind is part of what is signed, so
that none can be taken for another.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from schemas.authority import spelling
from schemas.authority.holders import Holder, holder, spelled
from schemas.receipts import reading
from schemas.receipts.reading import Unreadable
from schemas.receipts.statement import moment

APPROVAL = "application/vnd.holdshort.approval.v1+json"
ENROLMENT = "application/vnd.holdshort.enrolment.v1+json"
REVOCATION = "application/vnd.holdshort.revocation.v1+json"

MOST_ITEMS = 100
_NOTHING = type(None)
_APPROVAL: dict[str, type | tuple[type, ...]] = {
    "log": str,
    "items": list,
    "approver": str,
    "approved_at": str,
    "expires_at": str,
    "held_until": (str, _NOTHING),
}
_IN_PLACE = {**_APPROVAL, "delegator": str}
_ITEM: dict[str, type | tuple[type, ...]] = {"intent": int, "version": int, "manifest": str}
_ENROLMENT: dict[str, type | tuple[type, ...]] = {
    "person": str,
    "key": (str, dict),
    "not_before": str,
    "not_after": (str, _NOTHING),
}
_REVOCATION: dict[str, type | tuple[type, ...]] = {
    "key": (str, _NOTHING),
    "document": (str, _NOTHING),
    "why": str,
}


@dataclass(frozen=True, slots=True)
class Item:
    """One version of one intent, and the digest of all that leaves with it."""

    intent: int
    version: int
    manifest: str
    """64 hex digits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A person's leave for one attempt at each of these; bulk is one document over many."""

    log: str
    """The installation: the name of its receipts log."""
    items: tuple[Item, ...]
    approver: str
    approved_at: dt.datetime
    expires_at: dt.datetime
    held_until: dt.datetime | None
    delegator: str | None = None
    """In whose place; None is not written: such bytes have no such field."""

    def written(self) -> bytes:
        """What is signed.  Raises `Unreadable` for what no approval may say."""
        if not 1 <= len(self.items) <= MOST_ITEMS:
            raise Unreadable(f"an approval is of 1 to {MOST_ITEMS} items")
        if len({item.intent for item in self.items}) != len(self.items):
            raise Unreadable("an approval names an intent twice")
        if not (self.held_until or self.approved_at) < self.expires_at:
            raise Unreadable("an approval ends before it begins")
        items = [
            {
                "intent": item.intent,
                "version": item.version,
                "manifest": reading.digest(item.manifest, "the manifest"),
            }
            for item in self.items
        ]
        return reading.canonical(
            {
                "log": self.log,
                "items": items,
                "approver": spelling.name(self.approver),
                "approved_at": moment(self.approved_at),
                "expires_at": moment(self.expires_at),
                "held_until": spelling.written(self.held_until),
            }
            | ({} if self.delegator is None else {"delegator": spelling.name(self.delegator)})
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """A root's word that this key is this person's."""

    person: str
    key: Holder
    not_before: dt.datetime
    not_after: dt.datetime | None

    def written(self) -> bytes:
        """What is signed.  Raises `Unreadable` for what no enrolment may say."""
        if self.not_after is not None and self.not_after <= self.not_before:
            raise Unreadable("an enrolment ends before it begins")
        return reading.canonical(
            {
                "person": spelling.name(self.person),
                "key": spelled(self.key),
                "not_before": moment(self.not_before),
                "not_after": spelling.written(self.not_after),
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Revocation:
    """A root's word that a key, or an approval, counts no longer; for good."""

    key: str | None
    """The name of a key."""
    document: str | None
    """The SHA-256, in hex, of an approval."""
    why: str

    @property
    def named(self) -> str:
        """What counts no longer."""
        return self.key or self.document or ""

    def written(self) -> bytes:
        """What is signed.  Raises `Unreadable` for what no revocation may say."""
        if (self.key is None) == (self.document is None):
            raise Unreadable("a revocation is of a key or of an approval")
        if not self.why.strip():
            raise Unreadable("a revocation says why")
        if self.document is not None:
            reading.digest(self.document, "the document")
        said = {"key": self.key, "document": self.document, "why": self.why}
        return reading.canonical(said)


def approval(content: bytes) -> Approval:
    """The approval in these bytes.  Raises `Unreadable`."""
    said = reading.parsed(content)
    shape = _IN_PLACE if isinstance(said, dict) and "delegator" in said else _APPROVAL
    found = reading.fields(said, shape, "the approval")
    items = [reading.fields(one, _ITEM, "an item") for one in found["items"]]
    read = Approval(
        log=found["log"],
        items=tuple(Item(**item) for item in items),
        approver=found["approver"],
        approved_at=spelling.instant(found["approved_at"]),
        expires_at=spelling.instant(found["expires_at"]),
        held_until=spelling.perhaps(found["held_until"]),
        delegator=found.get("delegator"),
    )
    return spelling.exact(read, content)


@lru_cache(maxsize=1024)
def enrolment(content: bytes) -> Enrolment:
    """The enrolment in these bytes.  Raises `Unreadable`."""
    found = reading.fields(reading.parsed(content), _ENROLMENT, "the enrolment")
    read = Enrolment(
        person=found["person"],
        key=holder(found["key"]),
        not_before=spelling.instant(found["not_before"]),
        not_after=spelling.perhaps(found["not_after"]),
    )
    return spelling.exact(read, content)


def revocation(content: bytes) -> Revocation:
    """The revocation in these bytes.  Raises `Unreadable`."""
    found = reading.fields(reading.parsed(content), _REVOCATION, "the revocation")
    return spelling.exact(Revocation(**found), content)
