"""Scenes of people, agents and the router: each shows what a guard is there for."""

from __future__ import annotations

from functools import partial
from itertools import product
from typing import LiteralString

from outbox import Proposal, submit
from outbox.claim import SCORE, SEND
from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.lifecycle import Role, State
from outbox.reasons import Because
from outbox.store import Connection
from tests.ledger.guards.answers import answer, one, raw
from tests.parts import journey
from tests.parts.journey import kinds_of, mail, state_of

NO_REASONS = (
    "{}",
    '{"because": "other"}',
    '{"because": "other", "reason": " "}',
    '{"reason": "look"}',
    '{"because": "whatever", "reason": "look"}',
)


def a_key_names_one_artifact_for_good(db: Connection) -> None:
    first = journey.proposed(db, key="bill-7")
    again = Proposal(artifact=mail(), key="bill-7", producer="tests")
    assert submit(db, again).id == first.id
    other = Proposal(artifact=mail("Other bytes"), key="bill-7", producer="tests")
    assert answer(db, lambda: submit(db, other)) == "Conflict"
    assert one(db, "SELECT count(*) FROM outbox.intent") == 1
    assert kinds_of(db, first.id) == ["persisted"]


def an_approval_names_the_bytes_the_person_and_an_end(db: Connection) -> None:
    intent = journey.approved(db)
    assert one(db, "SELECT digest FROM outbox.approval") == intent.digest
    assert one(db, "SELECT approver FROM outbox.approval") == "ada"
    assert one(db, "SELECT expires_at = now() + '1 hour' FROM outbox.approval")
    assert kinds_of(db, intent.id)[-1] == "approved"


def an_edit_is_a_new_version_that_nobody_has_approved(db: Connection) -> None:
    intent = journey.approved(db)
    journey.switch_on(db)
    desk = Desk(db, actor="eve", role=Role.AGENT)
    edited = desk.edit(intent.id, mail("Other bytes"), digest=journey.seen(db, intent.id))
    assert (edited.version, state_of(db, intent.id)) == (2, "submitted")
    assert Ledger(db, worker="worker-1").claim(SEND) == []
    assert one(db, "SELECT approval_id FROM outbox.intent") is None
    assert kinds_of(db, intent.id)[-1] == "edited"
    assert one(db, "SELECT count(*) FROM outbox.artifact") == 2


def a_revocation_is_of_one_approval_and_the_first_one_counts(db: Connection) -> None:
    other = journey.approved(db)
    claim = journey.claimed(db, Ledger(db, worker="worker-1"))
    assert claim.id == other.id
    Desk(db, actor="ada").revoke(claim.id, reason="wrong customer")
    Desk(db, actor="bob").revoke(claim.id, reason="wrong customer")
    assert one(db, "SELECT string_agg(revoked_by, ' ') FROM outbox.approval") == "ada"
    assert kinds_of(db, claim.id)[-1] == "revoked"


def a_revoked_intent_goes_back_to_review_without_its_approval(db: Connection) -> None:
    intent = journey.approved(db)
    Desk(db, actor="ada").revoke(intent.id, reason="wrong customer")
    assert state_of(db, intent.id) == "in_review"
    assert one(db, "SELECT approval_id FROM outbox.intent") is None
    assert kinds_of(db, intent.id)[-1] == "returned"


def a_no_says_why_in_a_known_word_and_in_ones_own(db: Connection) -> None:
    intent = journey.awaiting(db)
    digest = journey.seen(db, intent.id)
    desk = Desk(db, actor="ada")
    for because in Because:
        for no in (desk.reject, desk.send_back):
            with db.transaction(force_rollback=True):
                no(intent.id, digest=digest, because=because, reason="look")
                told: LiteralString = (
                    "SELECT concat_ws(' ', kind, evidence ->> 'because',"
                    " evidence ->> 'reason') FROM outbox.receipt ORDER BY id DESC LIMIT 1"
                )
                assert one(db, told) == f"{state_of(db, intent.id)} {because} look"
    for kind, evidence in product(("rejected", "sent_back"), NO_REASONS):
        statement = "SELECT outbox.decide(%s, 'x', 'ada', 'human', %s, %s, %s)"
        said = partial(db.execute, statement, (intent.id, kind, kind, evidence))
        assert answer(db, said) == "a_no_says_why", evidence


def what_was_sent_back_comes_again_as_another_version_or_not_at_all(db: Connection) -> None:
    intent = journey.approved(db)
    Desk(db, actor="ada").revoke(intent.id, reason="wrong customer")
    journey.send_back(db, intent.id)
    attached: LiteralString = (
        "UPDATE outbox.intent SET approval_id = (SELECT id FROM outbox.approval)"
    )
    assert raw(db, attached) == "a_new_look_voids_the_approval"
    yes: LiteralString = "UPDATE outbox.intent SET state = 'in_review', moved_by = 'human'"
    assert raw(db, yes) == "only_legal_moves"
    db.execute(
        "UPDATE outbox.intent SET not_before = now() - interval '1 day',"
        " not_after = now() - interval '1 second'"
    )
    assert Ledger(db, worker="sweeper-1").expire() == 1


def an_agent_decides_nothing_for_people(db: Connection) -> None:
    intent = journey.awaiting(db)
    db.execute("UPDATE outbox.intent SET claims = 3")
    Desk(db, actor="eve", role=Role.AGENT).withdraw(intent.id, reason="paid")
    assert state_of(db, intent.id) == "withdrawn"
    assert one(db, "SELECT role FROM outbox.receipt ORDER BY id DESC LIMIT 1") == "agent"
    assert one(db, "SELECT role FROM outbox.event ORDER BY seq DESC LIMIT 1") == "agent"


def the_unsure_and_the_unscored_go_to_review(db: Connection) -> None:
    ledger = Ledger(db, worker="router-1")
    ids = {journey.scored(db, confidence=c).id: c for c in (0.9, 0.5, 0.4)}
    assert len(ledger.route(threshold=0.5)) == 3
    states = [state_of(db, id) for id in ids]
    assert states == ["awaiting_approval", "awaiting_approval", "in_review"]
    [first, *_] = ids
    assert kinds_of(db, first)[-1] == "routed"


def a_missing_score_is_a_low_one_and_the_score_of_other_bytes_is_none(db: Connection) -> None:
    intent = journey.awaiting(db)
    Desk(db, actor="ada").edit(
        intent.id, mail("Other bytes"), digest=journey.seen(db, intent.id)
    )
    scorer = Ledger(db, worker="scorer-1")
    [claim] = scorer.claim(SCORE)
    scorer.score(claim, journey.a_score(0.9))
    db.execute("ALTER TABLE outbox.score DISABLE TRIGGER USER")
    db.execute("DELETE FROM outbox.score WHERE version = 2")
    scorer.route(threshold=0.5)
    assert state_of(db, intent.id) == "in_review"


def what_is_too_late_expires_and_nothing_else(db: Connection) -> None:
    ledger = Ledger(db, worker="sweeper-1")
    in_hand = journey.permitted(db, ledger)
    late = journey.approved(db)
    journey.approved(db)
    db.execute("UPDATE outbox.intent SET not_after = now() + interval '1 hour'")
    assert ledger.expire() == 0
    db.execute(
        "UPDATE outbox.intent SET not_before = now() - interval '1 day',"
        " not_after = now() - interval '1 second' WHERE id <= %s",
        (late.id,),
    )
    assert ledger.expire() == 1
    assert (state_of(db, in_hand.id), state_of(db, late.id)) == ("releasing", "expired")
    assert one(db, "SELECT count(*) FROM outbox.receipt WHERE kind = 'expired'") == 1


def a_stranded_intent_is_a_persons_to_resolve(db: Connection) -> None:
    claim = journey.stranded(db, Ledger(db, worker="worker-1"))
    desk = Desk(db, actor="ada")
    for outcome in (State.SENT, State.REJECTED):
        with db.transaction(force_rollback=True):
            desk.resolve(claim.id, outcome, reason="seen")
            assert state_of(db, claim.id) == outcome
            assert kinds_of(db, claim.id)[-1] == "resolved"
    said = answer(db, lambda: desk.resolve(claim.id, State.IN_REVIEW, reason="unseen"))
    assert said == "not_quiet"


SCENES = (
    a_key_names_one_artifact_for_good,
    an_approval_names_the_bytes_the_person_and_an_end,
    an_edit_is_a_new_version_that_nobody_has_approved,
    a_revocation_is_of_one_approval_and_the_first_one_counts,
    a_revoked_intent_goes_back_to_review_without_its_approval,
    a_no_says_why_in_a_known_word_and_in_ones_own,
    what_was_sent_back_comes_again_as_another_version_or_not_at_all,
    an_agent_decides_nothing_for_people,
    the_unsure_and_the_unscored_go_to_review,
    a_missing_score_is_a_low_one_and_the_score_of_other_bytes_is_none,
    what_is_too_late_expires_and_nothing_else,
    a_stranded_intent_is_a_persons_to_resolve,
)
