"""What is known of a stranded intent, for the person who has to find out the rest."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from outbox.lifecycle import State
from outbox.quiescence import QUIET
from outbox.views import Dossier


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """How far its attempt came, and how long it may still act."""

    since: dt.datetime
    phase: str | None
    """The last that its sender has told of; None: it died before it told anything."""
    said: str | None
    """The peer's last line, as far as anybody heard one."""
    why: str | None
    worker: str | None
    """Who made the attempt."""
    permitted_at: dt.datetime | None
    quiet_at: dt.datetime
    """From then on a person may say that it was not sent."""
    quiet_in: dt.timedelta
    """How long that is from now; zero if it is quiet."""
    found: str | None
    """What the other side says of it, if it was asked."""


def doubt(dossier: Dossier, now: dt.datetime) -> Doubt | None:
    """None unless it is stranded."""
    if dossier.intent.state != State.STRANDED:
        return None
    attempt = dossier.attempts[-1] if dossier.attempts else None
    told = {
        name: fact
        for receipt in dossier.receipts
        if attempt is not None and receipt.fence == attempt.fence
        for name, fact in receipt.evidence.items()
    }
    quiet_at = dossier.intent.moved_at + QUIET
    return Doubt(
        since=dossier.intent.moved_at,
        phase=_text(told.get("phase")),
        said=_text(told.get("final_reply")),
        why=_text(told.get("why")),
        worker=None if attempt is None else attempt.worker,
        permitted_at=None if attempt is None else attempt.permitted_at,
        quiet_at=quiet_at,
        quiet_in=max(quiet_at - now, dt.timedelta(0)),
        found=_found(dossier),
    )


def _found(dossier: Dossier) -> str | None:
    """What the last look-up since it stranded has found."""
    asked = [one for one in dossier.receipts if one.kind == "looked_up"]
    since = [one for one in asked if one.at >= dossier.intent.moved_at]
    return _text(since[-1].evidence.get("found")) if since else None


def _text(fact: object) -> str | None:
    return fact if isinstance(fact, str) else None
