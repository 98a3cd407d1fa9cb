"""What the dead leave behind goes where the law says."""

from __future__ import annotations

from outbox.claim import SCORE, SEND
from outbox.ledger import Ledger
from outbox.lifecycle import LEASES, State
from outbox.store import Connection
from tests.parts import journey
from tests.parts.journey import state_of


def test_what_kills_every_scorer_ends_in_review(db: Connection, ledger: Ledger) -> None:
    intent = journey.proposed(db)
    [law] = [lease for lease in LEASES if lease.state is State.SCORING]

    for _ in range(law.max_claims):
        assert ledger.claim(SCORE)
        journey.let_leases_expire(db)
        ledger.sweep()

    assert state_of(db, intent.id) == "in_review"


def test_what_kills_every_sender_ends_in_review_without_its_approval(
    db: Connection, ledger: Ledger
) -> None:
    intent = journey.approved(db)
    journey.switch_on(db)
    [law] = [lease for lease in LEASES if lease.state is State.SENDING]

    for _ in range(law.max_claims):
        assert ledger.claim(SEND)
        journey.let_leases_expire(db)
        ledger.sweep()

    assert state_of(db, intent.id) == "in_review"
    assert db.execute("SELECT approval_id FROM outbox.intent").fetchall() == [(None,)]


def test_a_sweep_before_the_permit_gives_the_intent_to_another_sender(
    db: Connection, ledger: Ledger
) -> None:
    claim = journey.claimed(db, ledger)
    journey.let_leases_expire(db)
    ledger.sweep()

    assert state_of(db, claim.id) == "approved"
    assert [again.id for again in Ledger(db, worker="other").claim(SEND)] == [claim.id]


def test_a_sweep_after_the_permit_strands_for_good(db: Connection, ledger: Ledger) -> None:
    claim = journey.stranded(db, ledger)

    assert state_of(db, claim.id) == "stranded"
    assert ledger.claim(SEND) == []
    assert journey.kinds_of(db, claim.id)[-1] == "stranded"


def test_an_intent_that_is_put_back_rests_and_keeps_its_approval(
    db: Connection, ledger: Ledger
) -> None:
    claim = journey.claimed(db, ledger)

    target = ledger.put_back(claim, pause=journey.HOUR, evidence={"why": "421 busy"})

    assert target is State.APPROVED
    assert ledger.claim(SEND) == []
    db.execute("UPDATE outbox.intent SET due_at = now()")
    assert [again.id for again in ledger.claim(SEND)] == [claim.id]


def test_what_is_put_back_too_often_ends_in_review(db: Connection, ledger: Ledger) -> None:
    journey.claimed(db, ledger)
    [law] = [lease for lease in LEASES if lease.state is State.SENDING]
    claim = None
    for _ in range(law.max_claims - 1):
        journey.let_leases_expire(db)
        ledger.sweep()
        [claim] = ledger.claim(SEND)

    assert claim is not None
    assert ledger.put_back(claim, pause=journey.HOUR, evidence={}) is State.IN_REVIEW


def test_what_is_too_late_to_send_expires(db: Connection, ledger: Ledger) -> None:
    intent = journey.approved(db)
    db.execute(
        "UPDATE outbox.intent SET not_before = now() - interval '1 day',"
        " not_after = now() - interval '1 second'"
    )

    assert ledger.expire() == 1
    assert state_of(db, intent.id) == "expired"
