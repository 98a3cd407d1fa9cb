"""What a limit holds back: the sender gives it back unharmed, says why, and counts it."""

from __future__ import annotations

import pytest
from prometheus_client import REGISTRY

from consumers.channels import Delivered, Outcome, Permit
from outbox.claim import Claim
from outbox.limits.setting import Limits, Scope
from outbox.store import Connection
from tests.consumers.test_sending import Answering, sender
from tests.ledger.quiet import quiet
from tests.parts import journey
from tests.parts.journey import HOUR, state_of


def refusals(reason: str) -> float:
    counted = REGISTRY.get_sample_value("holdshort_gate_refusals_total", {"reason": reason})
    return counted or 0.0


@pytest.fixture
def two(db: Connection) -> tuple[int, int]:
    """Two approved intents, and the switch on."""
    journey.switch_on(db)
    return journey.approved(db).id, journey.approved(db).id


def test_what_a_cap_holds_back_is_receipted_counted_and_leaves_once_it_may(
    db: Connection, two: tuple[int, int]
) -> None:
    first, second = two
    limits, sending = Limits(db, actor="grace"), sender(db, Delivered({}))
    cap, before = limits.set_cap(Scope.PRODUCER, "", most=1, span=HOUR), refusals("cap_reached")

    assert [sending.look() for _ in range(3)] == [1, 1, 0]
    held_back = state_of(db, first), state_of(db, second), refusals("cap_reached") - before
    limits.lift_cap(cap)
    db.execute("UPDATE outbox.intent SET due_at = now()")
    sending.look()

    assert held_back == ("sent", "approved", 1)
    assert state_of(db, second) == "sent"
    [(evidence,)] = db.execute("SELECT evidence FROM outbox.receipt WHERE kind = 'put_back'")
    assert (evidence["gate"], evidence["why"]) == ("cap_reached", "cap reached")


def test_however_often_a_limit_holds_it_back_it_costs_no_approval(
    db: Connection, two: tuple[int, int]
) -> None:
    _, second = two
    Limits(db, actor="grace").set_cap(Scope.CHANNEL, "", most=1, span=HOUR)
    sending = sender(db, Delivered({}))

    for _ in range(20):
        sending.look()
        db.execute("UPDATE outbox.intent SET due_at = now() WHERE state = 'approved'")

    assert state_of(db, second) == "approved"


@pytest.mark.parametrize("limit", ["cap", "quiet hours", "suppression"])
def test_what_a_limit_holds_back_is_not_even_handed_over(
    db: Connection, two: tuple[int, int], monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    first, second = two
    limits, sending = Limits(db, actor="grace"), sender(db, Delivered({}))
    handed_over = []

    def send(channel: Answering, claim: Claim, permit: Permit) -> Outcome:
        handed_over.append(claim.id)
        permit()
        return channel.outcome

    monkeypatch.setattr(Answering, "send", send)
    sending.look()
    match limit:
        case "cap":
            limits.set_cap(Scope.CHANNEL, "", most=1, span=HOUR)
        case "quiet hours":
            quiet(limits, "00:00-00:00")
        case _:
            limits.suppress("example.org", reason="closed")

    sending.look()

    rests = "in_review" if limit == "suppression" else "approved"
    assert (handed_over, state_of(db, first), state_of(db, second)) == ([first], "sent", rests)
