"""Scenes of claims and permits: each shows what a guard is there for."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import LiteralString

from outbox.claim import SCORE, SEND
from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.limits.setting import Scope
from outbox.store import Connection
from tests.ledger.guards.answers import NOT_HELD, answer, locks, one, words
from tests.ledger.guards.leaving import held, limits
from tests.parts import journey
from tests.parts.journey import HOUR, SECOND

SPOILT: dict[str, LiteralString] = {
    "outbound_off": "UPDATE outbox.switch SET outbound = false",
    "too_late": "UPDATE outbox.intent SET not_before = now() - interval '1 day',"
    " not_after = now() - interval '1 second'",
    "approval_revoked": "UPDATE outbox.approval SET revoked_at = now(), revoked_by = 'eve'",
    "approval_expired": "UPDATE outbox.approval SET approved_at = now() - interval '2 hours',"
    " expires_at = now() - interval '1 second'",
    "approval_used": "INSERT INTO outbox.attempt (intent_id, approval_id, fence, worker)"
    " SELECT intent_id, id, 0, 'eve' FROM outbox.approval",
    NOT_HELD: "UPDATE outbox.intent SET lease_expires_at = now() - interval '1 second'",
}
"""What spoils a permit, and what it answers then."""


def a_permit_is_refused_in_one_word(db: Connection) -> None:
    ledger = Ledger(db, worker="worker-1")
    claim = journey.claimed(db, ledger)
    for word, spoil in SPOILT.items():
        with db.transaction(force_rollback=True):
            db.execute(spoil)
            said = answer(db, lambda: ledger.permit(claim, enough=dt.timedelta(0)))
            assert said == word
            assert journey.state_of(db, claim.id) == "sending"


def a_permit_needs_enough_of_its_lease(db: Connection) -> None:
    ledger = Ledger(db, worker="worker-1")
    claim = journey.claimed(db, ledger)
    assert answer(db, lambda: ledger.permit(claim, enough=2 * SEND.lease)) == NOT_HELD


def a_permit_is_for_the_one_who_holds_it_and_once(db: Connection) -> None:
    first, second = Ledger(db, worker="worker-1"), Ledger(db, worker="worker-2")
    late = journey.claimed(db, first)
    journey.let_leases_expire(db)
    first.sweep()
    [held] = second.claim(SEND)
    assert held.fence > late.fence
    assert answer(db, lambda: first.permit(late, enough=SECOND)) == NOT_HELD
    assert answer(db, lambda: second.permit(held, enough=SECOND)) == "done"
    assert answer(db, lambda: second.permit(held, enough=SECOND)) == NOT_HELD
    assert one(db, "SELECT fence FROM outbox.attempt") == held.fence
    assert one(db, "SELECT worker FROM outbox.attempt") == "worker-2"


def what_is_asked_for_twice_at_once_crosses_once(db: Connection) -> None:
    ledger = Ledger(db, worker="worker-1")
    claim = journey.claimed(db, ledger)
    told = ledger.permits([claim, claim], enough=SECOND)
    assert words(told) == ["done", "approval_used"]
    assert one(db, "SELECT count(*) FROM outbox.attempt") == 1


def each_of_a_group_is_answered_by_itself(db: Connection) -> None:
    ledger = Ledger(db, worker="worker-1")
    first, second, third = (journey.claimed(db, ledger) for _ in range(3))
    db.execute(
        "UPDATE outbox.approval SET revoked_at = now(), revoked_by = 'eve'"
        " WHERE intent_id = %s",
        (second.id,),
    )
    told = ledger.permits([third, second, replace(first, fence=0), first], enough=SECOND)
    assert words(told) == ["done", "approval_revoked", NOT_HELD, "done"]
    assert journey.state_of(db, second.id) == "sending"
    assert one(db, "SELECT count(*) FROM outbox.attempt") == 2


def a_cap_counts_within_a_group_that_asks_at_once(db: Connection) -> None:
    limits(db).set_cap(Scope.CHANNEL, "", most=2, span=HOUR)
    claims = [held(db, journey.mail(), producer="email") for _ in range(3)]
    told = Ledger(db, worker="worker-1").permits(claims, enough=SECOND)
    assert words(told) == ["done", "done", "cap_reached"]


def a_permit_shares_the_lock_of_the_switch_and_a_flip_does_not(db: Connection) -> None:
    assert locks(db) == []
    ledger = Ledger(db, worker="worker-1")
    claim = journey.claimed(db, ledger)
    [(flipping, mode)] = locks(db)
    assert mode == "ExclusiveLock"
    ledger.permit(claim, enough=SECOND)
    assert locks(db) == [(flipping, "ExclusiveLock"), (flipping, "RowShareLock")]


def a_flip_is_what_it_says(db: Connection) -> None:
    desk = Desk(db, actor="ada")
    journey.switch_on(db)
    assert one(db, "SELECT outbound FROM outbox.switch") is True
    desk.flip(journey.OFF)
    assert one(db, "SELECT outbound FROM outbox.switch") is False
    assert one(db, "SELECT flipped_by FROM outbox.switch") == "ada"


def senders_see_nothing_while_the_switch_is_off_or_missing(db: Connection) -> None:
    assert one(db, "SELECT outbound FROM outbox.switch") is False
    journey.approved(db)
    ledger = Ledger(db, worker="worker-1")
    assert ledger.claim(SEND) == []
    db.execute("DELETE FROM outbox.switch")
    assert ledger.claim(SEND) == []


def nothing_is_claimed_before_it_is_due(db: Connection) -> None:
    journey.switch_on(db)
    ledger = Ledger(db, worker="worker-1")
    journey.approved(db)
    journey.proposed(db)
    db.execute("UPDATE outbox.intent SET due_at = now() + interval '1 hour'")
    assert ledger.claim(SEND) == []
    assert ledger.claim(SCORE) == []


def an_approval_does_not_hasten_what_may_not_leave_yet(db: Connection) -> None:
    intent = journey.awaiting(db)
    journey.switch_on(db)
    db.execute("UPDATE outbox.intent SET not_before = now() + interval '1 hour'")
    Desk(db, actor="ada").approve(intent.id, digest=journey.seen(db, intent.id), valid_for=HOUR)
    assert Ledger(db, worker="worker-1").claim(SEND) == []


def a_claim_takes_only_what_waits_for_it_and_no_more_than_its_batch(db: Connection) -> None:
    ledger = Ledger(db, worker="worker-1")
    stranded = journey.stranded(db, ledger)
    journey.approved(db), journey.approved(db)
    journey.proposed(db), journey.proposed(db)
    [first] = ledger.claim(SEND)
    assert first.id > stranded.id
    one_by_one = replace(SCORE, batch=1)
    assert [claim.id for claim in ledger.claim(one_by_one)] == [first.id + 2]
    assert [claim.id for claim in ledger.claim(one_by_one)] == [first.id + 3]
    assert ledger.claim(SCORE) == []


def a_claim_to_score_is_held_by_its_worker_for_its_lease(db: Connection) -> None:
    journey.proposed(db)
    Ledger(db, worker="worker-1").claim(SCORE)
    assert one(db, "SELECT leased_by FROM outbox.intent") == "worker-1"
    assert one(db, "SELECT lease_expires_at = now() + '1 minute' FROM outbox.intent")


def a_claim_carries_the_latest_bytes(db: Connection) -> None:
    intent = journey.awaiting(db)
    desk = Desk(db, actor="ada")
    edited = Desk(db, actor="joe").edit(
        intent.id, journey.mail("Another subject"), digest=journey.seen(db, intent.id)
    )
    [to_score] = Ledger(db, worker="scorer-1").claim(SCORE)
    assert (to_score.version, to_score.digest) == (2, edited.digest)
    assert b"Another subject" in to_score.content
    Ledger(db, worker="scorer-1").score(to_score, journey.a_score(0.9))
    Ledger(db, worker="router-1").route(threshold=0.5)
    desk.approve(intent.id, digest=journey.seen(db, intent.id), valid_for=HOUR)
    journey.switch_on(db)
    [to_send] = Ledger(db, worker="worker-1").claim(SEND)
    assert b"Another subject" in to_send.content


SCENES = (
    a_permit_is_refused_in_one_word,
    a_permit_needs_enough_of_its_lease,
    a_permit_is_for_the_one_who_holds_it_and_once,
    what_is_asked_for_twice_at_once_crosses_once,
    each_of_a_group_is_answered_by_itself,
    a_cap_counts_within_a_group_that_asks_at_once,
    a_permit_shares_the_lock_of_the_switch_and_a_flip_does_not,
    a_flip_is_what_it_says,
    senders_see_nothing_while_the_switch_is_off_or_missing,
    nothing_is_claimed_before_it_is_due,
    an_approval_does_not_hasten_what_may_not_leave_yet,
    a_claim_takes_only_what_waits_for_it_and_no_more_than_its_batch,
    a_claim_to_score_is_held_by_its_worker_for_its_lease,
    a_claim_carries_the_latest_bytes,
)
