"""What a person signs in advance: a grant for a class of intents, a delegation to another.

Both in exactly one spelling, like every document.  A grant names everything that it leaves
open: what it does not name, it does not cover.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache

from schemas.authority import spelling
from schemas.receipts import reading
from schemas.receipts.reading import JSON, Unreadable
from schemas.receipts.statement import moment

GRANT = "application/vnd.holdshort.grant.v1+json"
DELEGATION = "application/vnd.holdshort.delegation.v1+json"

MOST_RECIPIENTS = 100
MOST_USES = 1_000_000
_NOTHING = type(None)
_GRANT: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("log", "tenant", "giver", "channel", "sender", "sender_name"), str),
    "recipients": list,
    "subject": (str, _NOTHING),
    "bodies": (list, _NOTHING),
    "attachments": int,
    "amount": (dict, _NOTHING),
    "uses": int,
    "not_before": str,
    "expires_at": str,
}
_AMOUNT: dict[str, type | tuple[type, ...]] = {"currency": str, "most": int}
_DELEGATION: dict[str, type | tuple[type, ...]] = dict.fromkeys(
    ("log", "delegator", "delegate", "not_before", "expires_at"), str
)


@dataclass(frozen=True, slots=True)
class Cap:
    """At most so much, in the smallest unit of a currency."""

    currency: str
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """A person's leave for every intent of one class, so often and in these dates."""

    log: str
    """The installation: the name of its receipts log."""
    tenant: str
    giver: str
    channel: str
    sender: str
    """The address that it is from."""
    sender_name: str
    recipients: tuple[str, ...]
    """Addresses as they are on the wire, and domains, as `@example.org`: all of an intent's
    recipients are among them."""
    subject: str | None
    """Exactly this one; None: any."""
    bodies: tuple[str, ...] | None
    """The SHA-256 of each body, in their order; None: any."""
    attachments: int
    """How many files it may carry at most."""
    amount: Cap | None
    """It names an amount in this currency, and no more; None: it names none at all."""
    uses: int
    not_before: dt.datetime
    expires_at: dt.datetime

    def written(self) -> bytes:
        """What is signed.  Raises `Unreadable` for what no grant may say."""
        if not 1 <= len(self.recipients) <= MOST_RECIPIENTS:
            raise Unreadable(f"a grant is for 1 to {MOST_RECIPIENTS} recipients")
        if any("@" not in one or one != one.strip() for one in self.recipients):
            raise Unreadable("a recipient is an address, or a domain as @example.org")
        if not 1 <= self.uses <= MOST_USES:
            raise Unreadable(f"a grant is of 1 to {MOST_USES} uses")
        if self.expires_at <= self.not_before:
            raise Unreadable("a grant ends before it begins")
        bodies = None if self.bodies is None else [*map(_body, self.bodies)]
        amount = self.amount and {"currency": self.amount.currency, "most": self.amount.most}
        said = {name: getattr(self, name) for name in _GRANT}
        return reading.canonical(
            said
            | {"giver": spelling.name(self.giver), "recipients": [*self.recipients]}
            | {"bodies": bodies, "amount": amount}
            | _dates(self.not_before, self.expires_at)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """A person's word that another one may approve in their place, in these dates."""

    log: str
    delegator: str
    delegate: str
    not_before: dt.datetime
    expires_at: dt.datetime

    def written(self) -> bytes:
        """What is signed.  Raises `Unreadable` for what no delegation may say."""
        if spelling.folded(self.delegator) == spelling.folded(self.delegate):
            raise Unreadable("nobody delegates to themselves")
        if self.expires_at <= self.not_before:
            raise Unreadable("a delegation ends before it begins")
        people = {
            "delegator": spelling.name(self.delegator),
            "delegate": spelling.name(self.delegate),
        }
        dates = _dates(self.not_before, self.expires_at)
        return reading.canonical({"log": self.log} | people | dates)


@lru_cache(maxsize=1024)
def grant(content: bytes) -> Grant:
    """The grant in these bytes.  Raises `Unreadable`."""
    found = reading.fields(reading.parsed(content), _GRANT, "the grant")
    amount, bodies = found["amount"], found["bodies"]
    if not all(isinstance(one, str) for one in found["recipients"]):
        raise Unreadable("the grant: recipients has another type")
    read = {
        **_instants(found),
        "recipients": tuple(found["recipients"]),
        "bodies": None if bodies is None else tuple(bodies),
        "amount": amount and Cap(**reading.fields(amount, _AMOUNT, "the amount")),
    }
    return spelling.exact(Grant(**read), content)


def delegation(content: bytes) -> Delegation:
    """The delegation in these bytes.  Raises `Unreadable`."""
    found = reading.fields(reading.parsed(content), _DELEGATION, "the delegation")
    return spelling.exact(Delegation(**_instants(found)), content)


def _body(digest: str) -> str:
    return reading.digest(digest, "a body")


def _dates(not_before: dt.datetime, expires_at: dt.datetime) -> JSON:
    return {"not_before": moment(not_before), "expires_at": moment(expires_at)}


def _instants(found: JSON) -> JSON:
    dates = {name: spelling.instant(found[name]) for name in ("not_before", "expires_at")}
    return {**found, **dates}
