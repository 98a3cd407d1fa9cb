"""Whole lives of intents, receipt by receipt."""

from __future__ import annotations

from outbox.claim import SEND
from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.results import Evidence
from outbox.store import Connection
from tests.parts import journey
from tests.parts.journey import HOUR, SECOND


def sent(db: Connection) -> int:
    ledger = Ledger(db, worker="worker-1")
    claim = journey.permitted(db, ledger)
    evidence: Evidence = {"reply": "250 ok \u2713", "port": 465, "ms": 0.5, "big": 2**80}
    ledger.settle(claim, State.SENT, kind="sent", evidence=evidence)
    return claim.id


def sent_again(db: Connection) -> int:
    """Stranded, resolved as not sent, approved and sent again."""
    ledger, desk = Ledger(db, worker="worker-1"), Desk(db, actor="ada")
    claim = journey.stranded(db, ledger)
    desk.resolve(claim.id, State.IN_REVIEW, reason="not in the log", second="bob")
    desk.approve(claim.id, digest=journey.seen(db, claim.id), valid_for=HOUR)
    [again] = ledger.claim(SEND)
    ledger.permit(again, enough=SECOND)
    ledger.settle(again, State.SENT, kind="sent", evidence={})
    return claim.id
