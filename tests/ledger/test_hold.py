"""What was approved can be taken back until its hold is over, and until its permit."""

from __future__ import annotations

import datetime as dt

import pytest

from consumers.channels import Delivered
from outbox.claim import SEND
from outbox.desk import Desk
from outbox.errors import BadSettings, GateClosed
from outbox.ledger import Ledger
from outbox.store import Connection
from tests.consumers.test_sending import sender
from tests.parts import journey
from tests.parts.journey import HOUR, SECOND, state_of

FIVE_MINUTES = dt.timedelta(minutes=5)


@pytest.fixture
def held(db: Connection, desk: Desk) -> int:
    """An approved intent that is held, and the switch on."""
    intent = journey.awaiting(db)
    journey.switch_on(db)
    desk.approve(
        intent.id, digest=journey.seen(db, intent.id), valid_for=HOUR, hold=FIVE_MINUTES
    )
    return intent.id


def five_minutes_pass(db: Connection) -> None:
    db.execute(
        "UPDATE outbox.approval SET approved_at = approved_at - interval '5 minutes',"
        " held_until = held_until - interval '5 minutes'"
    )
    db.execute("UPDATE outbox.intent SET due_at = due_at - interval '5 minutes'")


def test_what_is_held_is_not_even_claimed_and_leaves_afterwards(
    db: Connection, held: int
) -> None:
    sending = sender(db, Delivered({}))

    during = sending.look()
    five_minutes_pass(db)
    afterwards = sending.look()

    assert (during, afterwards, state_of(db, held)) == (0, 1, "sent")


def test_who_claims_it_too_early_gets_no_permit_and_it_rests_until_the_hold_is_over(
    db: Connection, ledger: Ledger, held: int
) -> None:
    db.execute("UPDATE outbox.intent SET due_at = now()")
    [claim] = ledger.claim(SEND)

    with pytest.raises(GateClosed, match="held"):
        ledger.permit(claim, enough=SECOND)
    ledger.rest(claim, {"gate": "held"})

    rests = "SELECT due_at = held_until FROM outbox.intent, outbox.approval"
    assert (db.execute(rests).fetchall(), state_of(db, held)) == ([(True,)], "approved")


@pytest.mark.parametrize("when", ["held", "due", "claimed", "resting"])
def test_revoked_at_any_instant_before_the_permit_it_is_not_sent(
    db: Connection, desk: Desk, ledger: Ledger, held: int, when: str
) -> None:
    sending = sender(db, Delivered({}))
    if when != "held":
        db.execute("UPDATE outbox.intent SET due_at = now()")
    if when == "resting":
        sending.look()
    claims = ledger.claim(SEND) if when == "claimed" else []

    desk.revoke(held, reason="wrong customer")

    for claim in claims:
        with pytest.raises(GateClosed, match="approval revoked"):
            ledger.permit(claim, enough=SECOND)
        journey.let_leases_expire(db)
        ledger.sweep()
    five_minutes_pass(db)
    sending.look()
    assert state_of(db, held) == "in_review"
    assert db.execute("SELECT FROM outbox.attempt").fetchall() == []


def test_a_hold_that_outlives_its_approval_is_refused(db: Connection, desk: Desk) -> None:
    intent = journey.awaiting(db)

    with pytest.raises(BadSettings, match="a hold ends before its approval"):
        desk.approve(intent.id, digest=journey.seen(db, intent.id), valid_for=HOUR, hold=HOUR)
