"""People decide on exactly what they read, under their own name."""

from __future__ import annotations

import datetime as dt

import pytest

from outbox.claim import SEND
from outbox.desk import Desk
from outbox.errors import BadSettings, Conflict, GateClosed, IllegalMove, NotFound
from outbox.ledger import Ledger
from outbox.lifecycle import Role, State
from outbox.store import Connection
from tests.parts import journey
from tests.parts.journey import HOUR, mail, state_of


def test_an_approval_names_the_bytes_and_the_person(db: Connection, desk: Desk) -> None:
    intent = journey.awaiting(db)

    desk.approve(intent.id, digest=journey.seen(db, intent.id), valid_for=HOUR)

    approvals = db.execute(
        "SELECT digest, manifest_digest, approver FROM outbox.approval"
    ).fetchall()
    assert approvals == [(intent.digest, journey.seen(db, intent.id), "ada")]
    assert state_of(db, intent.id) == "approved"


@pytest.mark.fault("8 artifact changes before the yes")
def test_an_approval_for_another_digest_decides_nothing(db: Connection, desk: Desk) -> None:
    intent = journey.awaiting(db)

    with pytest.raises(Conflict, match=f"with digest {journey.seen(db, intent.id)}"):
        desk.approve(intent.id, digest="0" * 64, valid_for=HOUR)

    assert state_of(db, intent.id) == "awaiting_approval"
    assert db.execute("SELECT FROM outbox.approval").fetchall() == []


@pytest.mark.fault("8 artifact changes before the yes")
def test_an_artifact_that_changed_between_view_and_approval_is_not_approved(
    db: Connection, desk: Desk
) -> None:
    intent = journey.awaiting(db)
    seen = journey.seen(db, intent.id)
    desk.edit(intent.id, mail("Another subject"), digest=seen)

    with pytest.raises(Conflict, match="is now version 2"):
        desk.approve(intent.id, digest=seen, valid_for=HOUR)


@pytest.mark.parametrize("state", ["submitted", "sent", "stranded"])
def test_only_what_awaits_a_person_can_be_approved(
    db: Connection, desk: Desk, ledger: Ledger, state: str
) -> None:
    new = state == "submitted"
    id = journey.proposed(db).id if new else journey.stranded(db, ledger).id
    if state == "sent":
        desk.resolve(id, State.SENT, reason="seen in the inbox")

    with pytest.raises(IllegalMove):
        desk.approve(id, digest=journey.seen(db, id), valid_for=HOUR)

    assert state_of(db, id) == state


def test_two_people_who_approve_at_once_make_one_approval(db: Connection) -> None:
    intent = journey.awaiting(db)
    Desk(db, actor="ada").approve(intent.id, digest=journey.seen(db, intent.id), valid_for=HOUR)

    with pytest.raises(IllegalMove):
        Desk(db, actor="bob").approve(
            intent.id, digest=journey.seen(db, intent.id), valid_for=HOUR
        )

    assert db.execute("SELECT approver FROM outbox.approval").fetchall() == [("ada",)]


def test_a_decision_names_a_person(db: Connection) -> None:
    with pytest.raises(BadSettings, match="names who took it"):
        Desk(db, actor=" ")


def test_a_rejected_intent_is_never_sent(db: Connection, desk: Desk, ledger: Ledger) -> None:
    intent = journey.awaiting(db)
    journey.switch_on(db)

    desk.reject(intent.id, reason="not our tone")

    assert ledger.claim(SEND) == []
    assert state_of(db, intent.id) == "rejected"


@pytest.mark.fault("9 approval revoked before the claim")
def test_a_revoked_intent_goes_back_to_review_and_needs_a_new_approval(
    db: Connection, desk: Desk, ledger: Ledger
) -> None:
    intent = journey.approved(db)
    journey.switch_on(db)

    desk.revoke(intent.id, reason="wrong customer")

    assert state_of(db, intent.id) == "in_review"
    assert ledger.claim(SEND) == []
    desk.approve(intent.id, digest=journey.seen(db, intent.id), valid_for=HOUR)
    assert len(ledger.claim(SEND)) == 1


def test_an_edit_voids_the_approval_and_is_scored_again(
    db: Connection, desk: Desk, ledger: Ledger
) -> None:
    intent = journey.approved(db)
    journey.switch_on(db)

    edited = desk.edit(intent.id, mail("Another subject"), digest=journey.seen(db, intent.id))

    assert (edited.version, edited.digest != intent.digest) == (2, True)
    assert state_of(db, intent.id) == "submitted"
    assert ledger.claim(SEND) == []


def test_an_agent_may_withdraw_and_edit_but_not_approve(db: Connection) -> None:
    agent = Desk(db, actor="billing", role=Role.AGENT)
    intent = journey.awaiting(db)

    with pytest.raises(IllegalMove):
        agent.reject(intent.id, reason="x")
    agent.edit(intent.id, mail("Another subject"), digest=journey.seen(db, intent.id))
    agent.withdraw(intent.id, reason="paid meanwhile")

    assert state_of(db, intent.id) == "withdrawn"


@pytest.mark.fault("15 resent while old bytes may arrive")
def test_not_sent_is_refused_while_the_bytes_may_still_arrive(
    db: Connection, desk: Desk, ledger: Ledger
) -> None:
    claim = journey.stranded(db, ledger)

    with pytest.raises(GateClosed, match="may still arrive until"):
        desk.resolve(claim.id, State.IN_REVIEW, reason="not in the log")

    assert state_of(db, claim.id) == "stranded"


def test_not_sent_is_accepted_once_it_is_quiet_and_needs_a_new_approval(
    db: Connection, desk: Desk, ledger: Ledger
) -> None:
    claim = journey.stranded(db, ledger)
    db.execute("UPDATE outbox.intent SET moved_at = now() - interval '11 minutes'")

    desk.resolve(claim.id, State.IN_REVIEW, reason="not in the log")

    assert ledger.claim(SEND) == []
    desk.approve(claim.id, digest=journey.seen(db, claim.id), valid_for=dt.timedelta(hours=1))
    assert len(ledger.claim(SEND)) == 1


def test_only_a_stranded_intent_is_resolved(db: Connection, desk: Desk) -> None:
    intent = journey.awaiting(db)

    with pytest.raises(Conflict, match="not stranded"):
        desk.resolve(intent.id, State.SENT, reason="x")


def test_an_unknown_intent_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound, match="there is no intent 404"):
        desk.reject(404, reason="x")


def test_every_decision_leaves_a_receipt_with_its_name(db: Connection, desk: Desk) -> None:
    intent = journey.approved(db)
    desk.revoke(intent.id, reason="wrong customer")
    desk.reject(intent.id, reason="wrong customer")

    kinds = journey.kinds_of(db, intent.id)
    assert kinds == [
        "persisted",
        "scored",
        "routed",
        "approved",
        "revoked",
        "returned",
        "rejected",
    ]
