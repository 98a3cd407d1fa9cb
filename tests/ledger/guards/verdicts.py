"""Scenes of verdicts, renewals and sweeps: each shows what a guard is there for."""

from __future__ import annotations

import datetime as dt
from functools import partial

from outbox.claim import SCORE, SEND, Claim
from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.lifecycle import LEASES, State
from outbox.store import Connection
from tests.ledger.guards.answers import NOT_HELD, answer, answered, one
from tests.ledger.random.wire import KINDS
from tests.parts import journey
from tests.parts.journey import HOUR, SECOND, state_of

[MOST_SENDS] = [lease.max_claims for lease in LEASES if lease.state is State.SENDING]
[MOST_SCORES] = [lease.max_claims for lease in LEASES if lease.state is State.SCORING]


def settle(ledger: Ledger, claim: Claim, target: State) -> None:
    kind = KINDS[target]
    ledger.settle(claim, target, kind=kind, evidence={"reply": kind})


def a_verdict_in_time_moves_the_intent_and_is_kept(db: Connection) -> None:
    ledger = Ledger(db, worker="worker-1")
    for target in (State.SENT, State.STRANDED, State.IN_REVIEW):
        claim = journey.permitted(db, ledger)
        settle(ledger, claim, target)
        assert state_of(db, claim.id) == target
        assert journey.kinds_of(db, claim.id)[-1] == KINDS[target]
    assert one(db, "SELECT receipt_id IS NOT NULL FROM outbox.intent WHERE state = 'sent'")


def a_verdict_without_the_fence_changes_nothing_and_is_kept(db: Connection) -> None:
    ledger = Ledger(db, worker="worker-1")
    late = journey.claimed(db, ledger)
    journey.let_leases_expire(db)
    ledger.sweep()
    [held] = Ledger(db, worker="worker-2").claim(SEND)
    ledger.permit(held, enough=SECOND)
    for target in (State.IN_REVIEW, State.STRANDED, State.SENT):
        verdict = partial(settle, ledger, late, target)
        assert answered(db, verdict) == NOT_HELD
        assert state_of(db, late.id) == "releasing"
    assert journey.kinds_of(db, late.id)[-3:] == ["refused", "stranded", "sent"]


def only_the_yes_to_its_own_attempt_settles_what_is_stranded(db: Connection) -> None:
    ledger = Ledger(db, worker="worker-1")
    early = journey.claimed(db, ledger)
    journey.let_leases_expire(db)
    ledger.sweep()
    [claim] = ledger.claim(SEND)
    ledger.permit(claim, enough=SECOND)
    journey.let_leases_expire(db)
    ledger.sweep()
    assert answered(db, lambda: settle(ledger, claim, State.IN_REVIEW)) == NOT_HELD
    assert answered(db, lambda: settle(ledger, early, State.SENT)) == NOT_HELD
    assert state_of(db, claim.id) == "stranded"
    settle(ledger, claim, State.SENT)
    assert state_of(db, claim.id) == "sent"


def a_yes_to_an_earlier_attempt_says_nothing_about_the_later_one(db: Connection) -> None:
    ledger, desk = Ledger(db, worker="worker-1"), Desk(db, actor="ada")
    first = journey.stranded(db, ledger)
    db.execute("UPDATE outbox.intent SET moved_at = now() - interval '1 hour'")
    desk.resolve(first.id, State.IN_REVIEW, reason="not in the log")
    desk.approve(first.id, digest=journey.seen(db, first.id), valid_for=HOUR)
    [second] = ledger.claim(SEND)
    ledger.permit(second, enough=SECOND)
    settle(ledger, second, State.STRANDED)
    assert answered(db, lambda: settle(ledger, first, State.SENT)) == NOT_HELD
    assert state_of(db, first.id) == "stranded"


def what_a_person_has_decided_stays_decided(db: Connection) -> None:
    ledger = Ledger(db, worker="worker-1")
    claim = journey.stranded(db, ledger)
    Desk(db, actor="ada").resolve(claim.id, State.REJECTED, reason="given up")
    assert answer(db, lambda: settle(ledger, claim, State.SENT)) == NOT_HELD
    assert state_of(db, claim.id) == "rejected"


def only_what_is_in_hand_and_not_permitted_is_put_off(db: Connection) -> None:
    ledger = Ledger(db, worker="worker-1")
    late = journey.claimed(db, ledger)
    journey.let_leases_expire(db)
    ledger.sweep()
    [held] = ledger.claim(SEND)
    put_off = [(late, NOT_HELD), (held, "done")]
    for claim, expected in put_off:
        with db.transaction(force_rollback=True):
            assert answer(db, partial(_put_back, ledger, claim)) == expected
    ledger.permit(held, enough=SECOND)
    assert answer(db, lambda: _put_back(ledger, held)) == NOT_HELD
    assert state_of(db, held.id) == "releasing"


def what_is_put_off_rests_and_ends_with_a_person(db: Connection) -> None:
    ledger = Ledger(db, worker="worker-1")
    claim = journey.claimed(db, ledger)
    for _ in range(MOST_SENDS - 1):
        assert ledger.put_back(claim, pause=HOUR, evidence={}) is State.APPROVED
        assert ledger.claim(SEND) == []
        db.execute("UPDATE outbox.intent SET due_at = now()")
        [claim] = ledger.claim(SEND)
    assert ledger.put_back(claim, pause=HOUR, evidence={}) is State.IN_REVIEW
    assert journey.kinds_of(db, claim.id).count("put_back") == MOST_SENDS


def a_score_is_of_the_one_who_holds_it(db: Connection) -> None:
    journey.proposed(db)
    ledger = Ledger(db, worker="scorer-1")
    [late] = ledger.claim(SCORE)
    journey.let_leases_expire(db)
    ledger.sweep()
    [held] = ledger.claim(SCORE)
    assert answer(db, lambda: ledger.score(late, journey.a_score(1.0))) == NOT_HELD
    ledger.score(held, journey.a_score(0.4))
    assert one(db, "SELECT confidence FROM outbox.score") == 0.4
    sending = journey.claimed(db, ledger)
    assert answer(db, lambda: ledger.score(sending, journey.a_score(1.0))) == NOT_HELD


def a_renewal_is_for_the_living_and_for_oneself(db: Connection) -> None:
    mine, theirs = Ledger(db, worker="worker-1"), Ledger(db, worker="worker-2")
    held = journey.permitted(db, mine)
    assert theirs.renew([held.fence], HOUR) == frozenset()
    assert mine.renew([], HOUR) == frozenset()
    assert mine.renew([held.fence], HOUR) == {held.fence}
    assert one(db, "SELECT lease_expires_at > now() + '59 minutes' FROM outbox.intent")
    journey.let_leases_expire(db)
    assert mine.renew([held.fence], HOUR) == frozenset()


def a_sweep_takes_what_is_dead_where_the_law_says(db: Connection) -> None:
    ledger = Ledger(db, worker="worker-1")
    permitted, claimed = journey.permitted(db, ledger), journey.claimed(db, ledger)
    assert ledger.sweep() == []
    journey.let_leases_expire(db)
    assert {(s.id, s.target) for s in ledger.sweep()} == {
        (permitted.id, State.STRANDED),
        (claimed.id, State.APPROVED),
    }
    assert journey.kinds_of(db, permitted.id)[-1] == "stranded"
    assert journey.kinds_of(db, claimed.id)[-1] == "swept"


def what_kills_everyone_ends_with_a_person(db: Connection) -> None:
    journey.switch_on(db)
    ledger = Ledger(db, worker="worker-1")
    for intent, state, stage, most in (
        (journey.approved(db), "approved", SEND, MOST_SENDS),
        (journey.proposed(db), "submitted", SCORE, MOST_SCORES),
    ):
        for _ in range(most):
            assert state_of(db, intent.id) == state
            ledger.claim(stage)
            journey.let_leases_expire(db)
            ledger.sweep()
        assert state_of(db, intent.id) == "in_review"


def _put_back(ledger: Ledger, claim: Claim) -> State:
    return ledger.put_back(claim, pause=dt.timedelta(0), evidence={})


SCENES = (
    a_verdict_in_time_moves_the_intent_and_is_kept,
    a_verdict_without_the_fence_changes_nothing_and_is_kept,
    only_the_yes_to_its_own_attempt_settles_what_is_stranded,
    a_yes_to_an_earlier_attempt_says_nothing_about_the_later_one,
    what_a_person_has_decided_stays_decided,
    only_what_is_in_hand_and_not_permitted_is_put_off,
    what_is_put_off_rests_and_ends_with_a_person,
    a_score_is_of_the_one_who_holds_it,
    a_renewal_is_for_the_living_and_for_oneself,
    a_sweep_takes_what_is_dead_where_the_law_says,
    what_kills_everyone_ends_with_a_person,
)
