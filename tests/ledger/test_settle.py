"""What became of a send is kept, even when it comes late."""

from __future__ import annotations

import psycopg
import pytest

from outbox.claim import SEND, Claim
from outbox.desk import Desk
from outbox.errors import LeaseLost
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.store import Connection
from tests.parts import journey
from tests.parts.journey import SECOND, state_of


def test_sent_without_a_receipt_is_refused(db: Connection, ledger: Ledger) -> None:
    claim = journey.permitted(db, ledger)

    with pytest.raises(psycopg.errors.CheckViolation) as refusal:
        db.execute(
            "UPDATE outbox.intent SET state = 'sent', moved_by = 'sender', fence = NULL,"
            " leased_by = NULL, lease_expires_at = NULL WHERE id = %s",
            (claim.id,),
        )
    assert refusal.value.diag.constraint_name == "sent_means_receipted"


def test_a_late_sender_loses_its_lease_but_not_its_evidence(
    db: Connection, ledger: Ledger
) -> None:
    claim = journey.stranded(db, ledger)
    Desk(db, actor="ada").resolve(claim.id, State.REJECTED, reason="given up")

    with pytest.raises(LeaseLost):
        settle_sent(ledger, claim)

    assert state_of(db, claim.id) == "rejected"
    assert journey.kinds_of(db, claim.id)[-1] == "sent"


def test_the_late_receipt_of_its_own_attempt_settles_a_stranded_intent(
    db: Connection, ledger: Ledger
) -> None:
    claim = journey.stranded(db, ledger)

    settle_sent(ledger, claim)

    assert state_of(db, claim.id) == "sent"


def test_a_sender_that_never_crossed_cannot_settle_a_stranded_intent(
    db: Connection, ledger: Ledger
) -> None:
    early = journey.claimed(db, ledger)
    journey.let_leases_expire(db)
    ledger.sweep()
    [again] = ledger.claim(SEND)
    ledger.permit(again, enough=SECOND)
    journey.let_leases_expire(db)
    ledger.sweep()

    with pytest.raises(LeaseLost):
        settle_sent(ledger, early)

    assert state_of(db, early.id) == "stranded"


def settle_sent(ledger: Ledger, claim: Claim) -> None:
    ledger.settle(
        claim,
        State.SENT,
        kind="sent",
        evidence={"reply": "250 queued"},
    )
