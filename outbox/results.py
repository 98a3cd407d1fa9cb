"""What a machine has to say of intents: a score, what became of one, where some went."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from pydantic import JsonValue

from outbox.claim import Claim
from outbox.lifecycle import State

Evidence = dict[str, JsonValue]


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What a scorer thinks of an artifact: how much scrutiny it needs, never a yes."""

    confidence: float
    """0 to 1: 1 needs the least scrutiny."""
    reasons: tuple[str, ...]
    """Sentences for the person who looks."""
    scorer: str
    version: str
    holds: bool = False
    """Whatever the confidence, a person looks closely."""
    kinds: tuple[str, ...] = ()
    """What was found, in words of a closed list that can be counted, as `near-duplicate`."""
    cost: Decimal = Decimal(0)
    """What the answer cost, in US dollars; 0 for what runs here."""
    took: dt.timedelta = dt.timedelta(0)
    """From question to answer; set by whoever asked, not by the scorer."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """What became of an attempt, or why there was none."""

    claim: Claim
    target: State
    kind: str
    """Of the receipt."""
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Routed:
    """An intent that was sent on."""

    id: int
    due_at: dt.datetime
    traceparent: str | None


@dataclass(frozen=True, slots=True)
class Swept:
    """An intent whose lease was taken away."""

    id: int
    source: State
    target: State
