"""A worker knows by its own clock when its lease may be over."""

from __future__ import annotations

import datetime as dt

import pytest

from consumers.leases import Leases
from outbox.ledger import Ledger
from outbox.store import Connection
from tests.parts import journey

NOTHING = dt.timedelta(0)


@pytest.fixture
def ledger(db: Connection) -> Ledger:
    journey.approved(db)
    journey.switch_on(db)
    return Ledger(db, worker="worker-1")


def test_a_deadline_is_counted_from_before_the_claim_was_asked(ledger: Ledger) -> None:
    leases = Leases(journey.HOUR)
    [claim] = leases.claim(ledger)

    assert journey.HOUR - journey.SECOND < leases.left(claim) < journey.HOUR


def test_a_lease_shorter_than_its_own_claim_leaves_nothing(ledger: Ledger) -> None:
    leases = Leases(dt.timedelta(microseconds=1))
    [claim] = leases.claim(ledger)

    assert leases.left(claim) == NOTHING


def test_a_renewal_moves_the_deadline_of_what_is_still_held(ledger: Ledger) -> None:
    leases = Leases(journey.HOUR)
    [claim] = leases.claim(ledger)
    before = leases.left(claim)

    leases.renew(ledger)

    assert leases.left(claim) > before - journey.SECOND


def test_a_lease_that_was_taken_away_leaves_nothing(db: Connection, ledger: Ledger) -> None:
    leases = Leases(journey.HOUR)
    [claim] = leases.claim(ledger)
    journey.let_leases_expire(db)
    ledger.sweep()

    leases.renew(ledger)

    assert leases.left(claim) == NOTHING


def test_what_was_settled_is_forgotten(ledger: Ledger) -> None:
    leases = Leases(journey.HOUR)
    [claim] = leases.claim(ledger)

    leases.forget(claim)

    assert leases.left(claim) == NOTHING


def test_what_a_living_worker_let_go_of_expires_and_is_swept(
    db: Connection, ledger: Ledger
) -> None:
    leases = Leases(journey.HOUR)
    [claim] = leases.claim(ledger)
    deadline = b"SELECT lease_expires_at FROM outbox.intent"
    before = db.execute(deadline).fetchone()

    leases.forget(claim)
    leases.renew(ledger)

    assert db.execute(deadline).fetchone() == before
