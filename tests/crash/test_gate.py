"""Nothing leaves without leave: real senders, a real mail server, an empty mailbox."""

from __future__ import annotations

import pytest

from outbox.desk import Desk
from outbox.lifecycle import State
from tests.crash.pipeline import Pipeline
from tests.parts import journey


def refusal_of(pipeline: Pipeline, id: int) -> object:
    """What the last receipt says about why it was not sent."""
    row = pipeline.db.execute(
        "SELECT evidence FROM outbox.receipt WHERE intent_id = %s ORDER BY id DESC LIMIT 1",
        (id,),
    ).fetchone()
    assert row is not None
    return row[0].get("gate")


def test_with_the_switch_off_no_mail_leaves(pipeline: Pipeline) -> None:
    held = journey.approved(pipeline.db)
    probe = pipeline.run.start("sender")

    journey.switch_on(pipeline.db)
    pipeline.settled()
    Desk(pipeline.db, actor="ada").flip(journey.OFF)
    later = [journey.approved(pipeline.db).id for _ in range(5)]
    probe.ended(journey.SECOND)

    assert journey.state_of(pipeline.db, held.id) == "sent"
    assert {journey.state_of(pipeline.db, id) for id in later} == {"approved"}
    assert len(pipeline.delivered()) == 1


def test_without_an_approval_no_mail_leaves(pipeline: Pipeline) -> None:
    waiting = [journey.awaiting(pipeline.db).id for _ in range(3)]
    approved = journey.approved(pipeline.db)
    journey.switch_on(pipeline.db)
    pipeline.run.start("sender")

    pipeline.settled()

    assert journey.state_of(pipeline.db, approved.id) == "sent"
    assert {journey.state_of(pipeline.db, id) for id in waiting} == {"awaiting_approval"}
    assert len(pipeline.delivered()) == 1


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        pytest.param(
            b"UPDATE outbox.approval SET approved_at = now() - interval '2 hours',"
            b" expires_at = now() - interval '1 hour'",
            "approval_expired",
            marks=pytest.mark.fault("9 approval expires before the claim"),
        ),
        pytest.param(
            b"UPDATE outbox.approval SET revoked_at = now(), revoked_by = 'ada'",
            "approval_revoked",
            marks=pytest.mark.fault("9 approval revoked before the claim"),
        ),
        (
            b"INSERT INTO outbox.attempt (intent_id, approval_id, fence, worker)"
            b" SELECT intent_id, id, 0, 'another' FROM outbox.approval",
            "approval_used",
        ),
    ],
)
def test_an_approval_that_no_longer_holds_sends_nothing_and_the_receipt_says_why(
    pipeline: Pipeline, spoil: bytes, reason: str
) -> None:
    intent = journey.approved(pipeline.db)
    pipeline.db.execute(spoil)
    journey.switch_on(pipeline.db)

    pipeline.run.start("sender")
    counts = pipeline.settled()

    assert counts[State.IN_REVIEW] == 1
    assert refusal_of(pipeline, intent.id) == reason
    assert pipeline.delivered() == []


def test_an_approval_of_other_bytes_cannot_even_be_attached(pipeline: Pipeline) -> None:
    intent = journey.approved(pipeline.db)
    edited = Desk(pipeline.db, actor="ada").edit(
        intent.id, journey.mail("Other bytes"), digest=journey.seen(pipeline.db, intent.id)
    )
    journey.switch_on(pipeline.db)

    with pytest.raises(Exception, match="approval_is_for_these_very_bytes"):
        pipeline.db.execute(
            "UPDATE outbox.intent SET state = 'approved', moved_by = 'human', approval_id ="
            " (SELECT id FROM outbox.approval) WHERE id = %s",
            (edited.id,),
        )
    assert pipeline.delivered() == []
