"""One intent, one holder, until a deadline by the database clock."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from outbox.claim import SCORE, SEND
from outbox.desk import Desk, Outbound
from outbox.errors import LeaseLost
from outbox.ledger import Ledger
from outbox.store import Connection, connect
from tests.parts import journey


def test_nothing_is_claimable_for_sending_while_the_switch_is_off(
    db: Connection, ledger: Ledger
) -> None:
    journey.approved(db)

    assert db.execute("SELECT outbound FROM outbox.switch").fetchall() == [(False,)]
    assert ledger.claim(SEND) == []


def test_nothing_is_claimable_for_sending_while_the_switch_is_missing(
    db: Connection, ledger: Ledger
) -> None:
    journey.approved(db)
    db.execute("DELETE FROM outbox.switch")

    assert ledger.claim(SEND) == []


@pytest.mark.fault("10 64 senders, one intent")
def test_64_senders_who_want_one_intent_make_one_claim(dsn: str, db: Connection) -> None:
    journey.approved(db)
    journey.switch_on(db)
    won: list[int] = []
    together = threading.Barrier(64)

    def sender(number: int) -> None:
        with connect(dsn, application="tests") as connection:
            ledger = Ledger(connection, worker=f"sender-{number}")
            together.wait()
            won.extend(claim.fence for claim in ledger.claim(SEND))

    threads = [threading.Thread(target=sender, args=(n,)) for n in range(64)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(won) == 1


def test_every_claim_has_a_larger_fence_than_the_one_before(
    db: Connection, ledger: Ledger
) -> None:
    journey.proposed(db)
    [first] = ledger.claim(SCORE)
    journey.let_leases_expire(db)
    ledger.sweep()
    [second] = ledger.claim(SCORE)

    assert second.id == first.id
    assert second.fence > first.fence


def test_a_swept_scorer_writes_no_score(db: Connection, ledger: Ledger) -> None:
    journey.proposed(db)
    [late] = ledger.claim(SCORE)
    journey.let_leases_expire(db)
    ledger.sweep()
    [current] = ledger.claim(SCORE)

    with pytest.raises(LeaseLost):
        ledger.score(late, journey.a_score(1.0))
    ledger.score(current, journey.a_score(0.4))

    assert db.execute("SELECT confidence FROM outbox.score").fetchall() == [(0.4,)]


@pytest.mark.parametrize("confidence", [float("nan"), float("inf"), 2.0, -0.1])
@pytest.mark.fault("7 scorer answers no confidence")
def test_a_confidence_is_a_number_between_0_and_1(
    db: Connection, ledger: Ledger, confidence: float
) -> None:
    journey.proposed(db)
    [claim] = ledger.claim(SCORE)

    with pytest.raises(Exception, match="a confidence is between 0 and 1"):
        ledger.score(claim, journey.a_score(confidence))


def test_an_intent_is_not_claimed_before_it_may_leave(db: Connection, ledger: Ledger) -> None:
    journey.proposed(db)
    db.execute("UPDATE outbox.intent SET due_at = now() + interval '1 hour'")

    assert ledger.claim(SCORE) == []


def test_a_renewal_keeps_every_lease_of_its_worker_and_no_other(
    db: Connection, ledger: Ledger
) -> None:
    journey.approved(db), journey.approved(db)
    journey.switch_on(db)
    [mine] = ledger.claim(SEND)
    other = Ledger(db, worker="worker-2")
    [theirs] = other.claim(SEND)
    both = [mine.fence, theirs.fence]

    assert ledger.renew(both, journey.HOUR) == {mine.fence}
    assert other.renew(both, journey.HOUR) == {theirs.fence}


def test_an_expired_lease_cannot_be_renewed(db: Connection, ledger: Ledger) -> None:
    claim = journey.claimed(db, ledger)
    journey.let_leases_expire(db)

    assert ledger.renew([claim.fence], journey.HOUR) == frozenset()


def test_a_stage_leases_no_more_than_its_batch(db: Connection, ledger: Ledger) -> None:
    for _ in range(5):
        journey.proposed(db)

    assert len(ledger.claim(replace(SCORE, batch=3))) == 3
    assert len(ledger.claim(replace(SCORE, batch=3))) == 2


def test_the_switch_off_hides_what_is_approved_again(db: Connection, ledger: Ledger) -> None:
    journey.approved(db)
    journey.switch_on(db)
    Desk(db, actor="ada").flip(Outbound.OFF)

    assert ledger.claim(SEND) == []
