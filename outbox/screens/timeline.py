"""What happened to one intent, in order: its moves, and what each role has receipted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from outbox.results import Evidence
from outbox.views import Dossier, Event, Receipt


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A move; without a `source`, what was said of it while it waited."""

    at: dt.datetime
    role: str
    source: str | None
    target: str
    notice: str | None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipted:
    """What somebody did, and what they knew."""

    at: dt.datetime
    role: str
    actor: str
    receipt: int
    kind: str
    evidence: Evidence


Step = Moved | Receipted


def timeline(dossier: Dossier) -> tuple[Step, ...]:
    """Everything, the oldest first; of one moment, what was receipted, then the move."""
    steps: list[tuple[dt.datetime, int, int, Step]] = [
        *((one.at, 0, one.id, _receipted(one)) for one in dossier.receipts),
        *((one.at, 1, one.seq, _moved(one)) for one in dossier.events),
    ]
    return tuple(step for *_, step in sorted(steps, key=lambda one: one[:3]))


def _receipted(one: Receipt) -> Receipted:
    return Receipted(
        at=one.at,
        role=one.role,
        actor=one.actor,
        receipt=one.id,
        kind=one.kind,
        evidence=one.evidence,
    )


def _moved(one: Event) -> Moved:
    return Moved(
        at=one.at,
        role=one.role,
        source=one.source,
        target=one.target,
        notice=one.notice,
        version=one.version,
    )
