"""Where approvals are signed, the policy is: who has the database cannot lower it."""

from __future__ import annotations

from dataclasses import replace
from typing import LiteralString

import pytest

from consumers.authority import BySignature
from consumers.rulings import Rulings
from consumers.sending import Sender
from deploy.local.sink import MailSink
from outbox.policy.document import FIRST
from outbox.store import Connection
from schemas.authority.keeping import envelope_of
from schemas.authority.policies import ruling
from schemas.authority.roster import Refusal
from schemas.receipts.envelope import Envelope
from schemas.receipts.reading import Unreadable
from tests.faults.sending import sender
from tests.parts import journey, policies
from tests.parts.history import rewriting
from tests.parts.policies import tier
from tests.parts.receipts import signer_of
from tests.parts.reviewers import (
    ADA,
    BOB,
    EVES_ROOT,
    ROOT,
    ROOTS,
    declared,
    enrolled,
    fate,
    log_of,
    say_yes,
    signed,
)

CY = signer_of(b"\x21")
LOWERED: LiteralString = (
    "INSERT INTO outbox.policy (revision, document, set_by)"
    " SELECT max(revision) + 1, '{\"sole_operator\": true, \"tiers\": []}', 'eve'"
    " FROM outbox.policy"
)


@pytest.fixture
def rulings() -> Rulings:
    return Rulings(ROOTS)


@pytest.fixture
def believing(db: Connection, sink: MailSink, rulings: Rulings) -> Sender:
    for name, key in (("ada", ADA), ("bob", BOB), ("tests", CY)):
        declared(db, enrolled(name, key.key))
    journey.switch_on(db)
    return sender(db, sink, authority=BySignature(db, ROOTS, rulings))


def test_an_owner_of_the_database_who_lowers_the_policy_sends_nothing(
    db: Connection, sink: MailSink, believing: Sender
) -> None:
    policies.put(db, tier(2), by=ROOT)
    db.execute(LOWERED)
    intent = journey.awaiting(db)
    say_yes(db, intent, signed(db, intent))

    believing.look()

    assert fate(db, intent.id) == ("in_review", "approvers_missing")
    assert sink.accepted() == []


def test_enough_signatures_by_the_signed_policy_let_it_leave(
    db: Connection, sink: MailSink, believing: Sender
) -> None:
    people = {"finance": ["ada", "bob"]}
    policies.put(db, tier(2, "finance", to="*@example.org"), by=ROOT, groups=people)
    intent = journey.awaiting(db)
    say_yes(db, intent, signed(db, intent))
    say_yes(db, intent, signed(db, intent, signer=BOB, by="bob"))

    believing.look()

    assert fate(db, intent.id) == ("sent", None)
    assert len(sink.accepted()) == 1


def test_a_producer_with_a_key_of_its_own_does_not_count(
    db: Connection, sink: MailSink, believing: Sender
) -> None:
    db.execute(LOWERED)
    intent = journey.awaiting(db)
    say_yes(db, intent, signed(db, intent, signer=CY, by="tests"))

    believing.look()

    assert fate(db, intent.id) == ("in_review", "approver_wrote_it")
    assert sink.accepted() == []


def test_a_sole_operator_counts_if_a_root_has_signed_so(
    db: Connection, sink: MailSink, believing: Sender
) -> None:
    policies.put(db, alone=True, by=ROOT)
    intent = journey.awaiting(db)
    say_yes(db, intent, signed(db, intent, signer=CY, by="tests"))

    believing.look()

    assert fate(db, intent.id) == ("sent", None)


@pytest.mark.parametrize(
    ("theft", "reason"),
    [
        ("DELETE FROM outbox.document WHERE kind = 'policy'", "policy_missing"),
        (
            "DELETE FROM outbox.document WHERE kind = 'policy'"
            " AND id = (SELECT max(id) FROM outbox.document)",
            "policy_older",
        ),
        ("UPDATE outbox.document SET content = 'x' WHERE kind = 'policy'", "policy_unsigned"),
    ],
)
def test_a_sender_goes_back_behind_no_policy_that_it_has_seen(
    db: Connection,
    sink: MailSink,
    believing: Sender,
    rulings: Rulings,
    theft: LiteralString,
    reason: str,
) -> None:
    policies.put(db, by=ROOT)
    policies.put(db, tier(2), by=ROOT)
    rulings.in_force(log_of(db), last_policy(db))
    with rewriting(db, "document"), rewriting(db, "policy"):
        db.execute("UPDATE outbox.policy SET document_id = NULL")
        db.execute("ALTER TABLE outbox.document DROP CONSTRAINT"
                   " a_digest_names_this_very_document")  # fmt: skip
        db.execute(theft)
    db.execute(LOWERED)
    intent = journey.awaiting(db)
    say_yes(db, intent, signed(db, intent))

    believing.look()

    assert fate(db, intent.id) == ("in_review", reason)
    assert sink.accepted() == []


def last_policy(db: Connection) -> Envelope:
    from outbox.authority.documents import declared as all_declared

    return envelope_of([one for one in all_declared(db) if one.kind == "policy"][-1])


def test_a_sender_that_is_told_a_revision_believes_none_before_it(db: Connection) -> None:
    told = Rulings(ROOTS, at_least=3)
    for revision in (2, 3):
        policies.put(db, tier(revision), by=ROOT)
        if revision == 2:
            assert refusal(told, db, last_policy(db)) == "policy_older"

    assert refusal(told, db, None) == "policy_missing"
    assert refusal(told, db, last_policy(db)) == ""


def test_without_any_signed_policy_the_first_one_is_in_force(db: Connection) -> None:
    assert Rulings(ROOTS).in_force(log_of(db), None) == FIRST


def test_only_a_trusted_roots_policy_of_this_installation_is_believed(
    db: Connection, rulings: Rulings
) -> None:
    policies.put(db, tier(2), by=EVES_ROOT)
    assert refusal(rulings, db, last_policy(db)) == "policy_unsigned"

    policies.put(db, tier(2), by=ROOT)
    said = last_policy(db)
    with pytest.raises(Refusal) as refused:
        rulings.in_force("holdshort/elsewhere", said)
    assert refused.value.reason == "policy_of_another"
    assert refusal(
        rulings, db, replace(said, kind=said.kind.replace("policy", "approval"))
    ) == ("policy_unsigned")
    assert refusal(rulings, db, said) == ""


def refusal(rulings: Rulings, db: Connection, said: Envelope | None) -> str:
    try:
        rulings.in_force(log_of(db), said)
    except Refusal as refused:
        return refused.reason
    return ""


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b'{"log":"x","policy":{},"revision":1}',
        b'{"log":"x","policy":{"groups":{},"sole_operator":false,"tiers":[]},"revision": 1}',
        b'{"log":"x","policy":{"sole_operator":false,"tiers":[]},"revision":1}',
        b'{"log":"x","policy":{"groups":{},"sole_operator":false,"tiers":[]},"revision":-1}',
    ],
)
def test_a_policy_is_read_in_its_one_spelling_only(content: bytes) -> None:
    with pytest.raises(Unreadable):
        ruling(content)
