"""What the read side gives back: values, ready for `pydantic_core.to_json`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from outbox.results import Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """One line of a list."""

    id: int
    tenant: str
    key: str
    producer: str
    channel: str
    state: str
    version: int
    digest: str
    confidence: float | None
    """The least that counts of the scores of this version; None before the first."""
    created_at: dt.datetime
    moved_at: dt.datetime
    """Since when it is in this state."""
    not_before: dt.datetime
    not_after: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some intents, the newest first."""

    intents: tuple[Summary, ...]
    before: int | None
    """Ask for the next page with this; None on the last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """An artifact, without its bytes."""

    version: int
    digest: str
    size: int | None
    """Bytes of canonical JSON; None once they are erased."""
    written_by: str
    written_at: dt.datetime
    erased_at: dt.datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Scored:
    """What a scorer thought of one version."""

    version: int
    digest: str
    scorer: str
    scorer_version: str
    confidence: float
    holds: bool
    """Whatever the confidence, a person looks closely."""
    kinds: Sequence[str]
    """What was found, in words that can be counted."""
    reasons: Sequence[str]
    cost: Decimal
    """In US dollars."""
    took: dt.timedelta
    shadow: bool
    """It was for comparison only, and counts for nothing."""
    scored_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A named person's authorisation of what one manifest says."""

    id: int
    version: int
    digest: str
    manifest_digest: str
    approver: str
    """The first of them, where several are needed."""
    policy: int
    """The revision under which it was given."""
    approved_at: dt.datetime
    held_until: dt.datetime | None
    expires_at: dt.datetime
    revoked_at: dt.datetime | None
    revoked_by: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One crossing of the point of no return."""

    id: int
    approval_id: int
    fence: int
    worker: str
    permitted_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What one role did, and what it knew."""

    id: int
    kind: str
    role: str
    actor: str
    digest: str
    fence: int | None
    evidence: Evidence
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One recorded move, or what was said of one that waits."""

    seq: int
    source: str | None
    """None: it has not moved, and `notice` says what was said."""
    target: str
    role: str
    version: int
    digest: str
    notice: str | None
    at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """One intent and everything that is known of it; each list the oldest first."""

    intent: Summary
    versions: tuple[Version, ...]
    scores: tuple[Scored, ...]
    approvals: tuple[Approval, ...]
    attempts: tuple[Attempt, ...]
    receipts: tuple[Receipt, ...]
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """How many intents of a channel are in a state that is not final, and for how long."""

    state: str
    channel: str
    intents: int
    oldest: dt.timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Switch:
    """Where the one switch stands, since when, by whom."""

    outbound: bool
    flipped_by: str
    flipped_at: dt.datetime | None
