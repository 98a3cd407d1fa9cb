"""What an older policy had allowed leaves only if the one in force asks for no more."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from consumers.sending import Sender
from deploy.local.sink import MailSink
from outbox import failpoints
from outbox.claim import SEND
from outbox.desk import Desk
from outbox.errors import GateClosed
from outbox.failpoints import Point
from outbox.ledger import Ledger
from outbox.store import Connection, connect
from tests.faults.sending import sender
from tests.parts import journey, policies
from tests.parts.journey import HOUR, SECOND
from tests.parts.policies import tier
from tests.parts.reviewers import fate


@pytest.fixture
def sending(db: Connection, sink: MailSink) -> Sender:
    journey.switch_on(db)
    return sender(db, sink)


@pytest.mark.parametrize(
    "stricter",
    [
        (tier(2),),
        (tier(1, "finance"),),
        (tier(1), tier(2, to="*@example.org")),
    ],
)
def test_what_needs_more_now_goes_back_to_a_person(
    db: Connection, sink: MailSink, sending: Sender, stricter: Any
) -> None:
    intent = journey.approved(db)
    policies.put(db, *stricter, groups={"finance": ["bob", "cy"]})

    sending.look()

    assert fate(db, intent.id) == ("in_review", "policy_changed")
    assert sink.accepted() == []


@pytest.mark.parametrize(
    "other", [(), (tier(1),), (tier(2, channel="webhook"),), (tier(1, "finance"),)]
)
def test_what_needs_no_more_now_leaves(
    db: Connection, sink: MailSink, sending: Sender, other: Any
) -> None:
    intent = journey.approved(db)
    policies.put(db, *other, groups={"finance": ["ada", "bob"]})

    sending.look()

    assert fate(db, intent.id) == ("sent", None)
    assert len(sink.accepted()) == 1


def test_what_a_sole_operator_had_approved_goes_back_once_that_is_over(
    db: Connection, sink: MailSink, sending: Sender
) -> None:
    policies.put(db, alone=True)
    intent = journey.awaiting(db)
    digest = journey.seen(db, intent.id)
    Desk(db, actor="tests").approve(intent.id, digest=digest, valid_for=HOUR)
    policies.put(db)

    sending.look()

    assert fate(db, intent.id) == ("in_review", "policy_changed")
    assert sink.accepted() == []


def test_after_it_went_back_it_leaves_by_the_new_policy(
    db: Connection, sink: MailSink, sending: Sender
) -> None:
    intent = journey.approved(db)
    policies.put(db, tier(2))
    sending.look()
    digest = journey.seen(db, intent.id)

    for name in ("ada", "bob"):
        Desk(db, actor=name).approve(intent.id, digest=digest, valid_for=HOUR)
    sending.look()

    assert fate(db, intent.id) == ("sent", None)
    assert len(sink.accepted()) == 1


def test_a_policy_that_is_set_at_the_last_moment_holds(
    dsn: str, db: Connection, sink: MailSink, sending: Sender, monkeypatch: pytest.MonkeyPatch
) -> None:
    intent = journey.approved(db)

    def spring(point: Point) -> None:
        if point is Point.BEFORE_PERMIT_ASKED:
            with connect(dsn, application="tests") as other:
                policies.put(other, tier(2))

    monkeypatch.setattr(failpoints, "_armed", (spring,))
    monkeypatch.setattr(failpoints, "_spring", spring)
    sending.look()

    assert fate(db, intent.id) == ("in_review", "policy_changed")
    assert sink.accepted() == []


def test_no_permit_is_given_by_an_older_policy_once_the_next_has_committed(
    dsn: str, db: Connection
) -> None:
    journey.switch_on(db)
    journey.approved(db)
    ledger = Ledger(db, worker="sender-1")
    [claim] = ledger.claim(SEND)

    with ThreadPoolExecutor(1) as pool, connect(dsn, application="tests") as other:
        with other.transaction():
            policies.put(other, tier(2))
            permit = pool.submit(ledger.permit, claim, enough=SECOND)
            wait_for_a_lock(dsn)
        with pytest.raises(GateClosed) as closed:
            permit.result()

    assert closed.value.reason == "policy_changed"


def wait_for_a_lock(dsn: str) -> None:
    """Until somebody waits for the one who has the switch."""
    with connect(dsn, application="tests") as looking:
        while not looking.execute("SELECT FROM pg_locks WHERE NOT granted").fetchall():
            continue
