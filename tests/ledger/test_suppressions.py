"""To what is suppressed nothing leaves, whatever was approved before."""

from __future__ import annotations

import pytest

from consumers.channels import Delivered
from outbox.desk import Desk
from outbox.errors import BadSettings, Conflict, GateClosed
from outbox.ledger import Ledger
from outbox.limits.setting import Limits
from outbox.store import Connection
from tests.consumers.test_sending import sender
from tests.parts import journey
from tests.parts.journey import HOUR, SECOND, state_of


@pytest.fixture
def limits(db: Connection) -> Limits:
    return Limits(db, actor="grace")


@pytest.mark.parametrize("target", ["ADA@example.org", "Example.ORG"])
def test_what_would_reach_a_suppressed_address_is_not_approved_and_says_why(
    db: Connection, desk: Desk, limits: Limits, target: str
) -> None:
    intent = journey.awaiting(db)
    limits.suppress(target, reason="asked us to stop")

    with pytest.raises(GateClosed, match=f"would leave to {target.lower()}, to which nothing"):
        desk.approve(intent.id, digest=journey.seen(db, intent.id), valid_for=HOUR)

    assert state_of(db, intent.id) == "awaiting_approval"
    assert db.execute("SELECT FROM outbox.approval").fetchall() == []


@pytest.mark.parametrize("target", ["ada@example.org", "example.org"])
def test_a_suppression_after_the_claim_is_in_time(
    db: Connection, limits: Limits, ledger: Ledger, target: str
) -> None:
    claim = journey.claimed(db, ledger)

    limits.suppress(target, reason="asked us to stop")

    with pytest.raises(GateClosed, match="suppressed"):
        ledger.permit(claim, enough=SECOND)


def test_what_was_approved_before_its_suppression_goes_to_a_person_and_is_never_sent(
    db: Connection, limits: Limits
) -> None:
    intent = journey.approved(db)
    journey.switch_on(db)
    id = limits.suppress("example.org", reason="asked us to stop")
    sending = sender(db, Delivered({}))

    sending.look()
    limits.lift_suppression(id)
    sending.look()

    assert state_of(db, intent.id) == "in_review"
    assert journey.kinds_of(db, intent.id)[-1] == "refused"
    assert db.execute("SELECT FROM outbox.attempt").fetchall() == []


def test_a_domain_is_suppressed_by_any_of_its_spellings(db: Connection, limits: Limits) -> None:
    limits.suppress("xn--bcher-kva.example.org", reason="closed")
    with pytest.raises(Conflict, match="suppressed once"):
        limits.suppress("BÜCHER.example.org", reason="closed")


@pytest.mark.parametrize(
    ("target", "reason"), [("nobody@", "x"), ("", "x"), ("a b", "x"), ("example.org", "")]
)
def test_a_suppression_names_an_address_or_a_domain_and_says_why(
    limits: Limits, target: str, reason: str
) -> None:
    with pytest.raises(BadSettings):
        limits.suppress(target, reason=reason)
