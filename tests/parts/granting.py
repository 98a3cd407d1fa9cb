"""People who give grants and delegate, with the keys of `tests.parts.reviewers`."""

from __future__ import annotations

import datetime as dt
from typing import Any

from consumers.granting import Granting
from outbox.authority import standing as kept_here
from outbox.authority.documents import Document
from outbox.granting import Granter
from outbox.store import Connection
from schemas.authority import signing
from schemas.authority.keeping import kept
from schemas.authority.standing import Delegation, Grant
from schemas.receipts.keys import Signer
from tests.parts.journey import HOUR
from tests.parts.reviewers import ADA, DAY, log_of, now

NO_HOLD = dt.timedelta(0)


def grant_of(log: str, **change: Any) -> Grant:
    """What covers `journey.mail`, by ada."""
    covering = {
        "log": log,
        "tenant": "default",
        "giver": "ada",
        "channel": "email",
        "sender": "billing@example.com",
        "sender_name": "Billing",
        "recipients": ("@example.org",),
        "subject": None,
        "bodies": None,
        "attachments": 0,
        "amount": None,
        "uses": 1000,
        "not_before": now() - DAY,
        "expires_at": now() + DAY,
    }
    return Grant(**{**covering, **change})


def given(db: Connection, signer: Signer | None = ADA, **change: Any) -> int:
    """Give it, signed; give back its id."""
    said = grant_of(log_of(db), **change)
    return kept_here.give(db, said.written(), signed(said, signer))


def signed(said: Grant | Delegation, signer: Signer | None) -> Document | None:
    return None if signer is None else kept(signing.signed(said, signer), "whoever")


def revoke(db: Connection, id: int) -> None:
    kept_here.revoke_grant(db, id, actor="bob", reason="enough")


def granting(
    db: Connection,
    *,
    worker: str = "granter-1",
    valid_for: dt.timedelta = HOUR,
    hold: dt.timedelta = NO_HOLD,
) -> Granting:
    return Granting(Granter(db, worker=worker, valid_for=valid_for, hold=hold))


def granted(db: Connection) -> None:
    """Everything that a new granter finds to do."""
    granter = granting(db)
    while granter.look():
        pass


def delegation_of(log: str, **change: Any) -> Delegation:
    """From ada to bob."""
    whole = {
        "log": log,
        "delegator": "ada",
        "delegate": "bob",
        "not_before": now() - DAY,
        "expires_at": now() + DAY,
    }
    return Delegation(**{**whole, **change})


def delegated(db: Connection, signer: Signer | None = ADA, **change: Any) -> int:
    """Delegate, signed; give back its id."""
    said = delegation_of(log_of(db), **change)
    return kept_here.delegate(db, said.written(), signed(said, signer))
