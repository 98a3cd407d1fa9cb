"""Where approvals are signed, the policy is: who has the database cannot lower it."""

from __future__ import annotations

from typing import LiteralString

import pytest

from consumers.authority import BySignature
from consumers.rulings import Rulings
from consumers.sending import Sender
from deploy.bench.flat.rewriting import rewriting
from deploy.local.sink import MailSink
from outbox.store import Connection
from schemas.authority.keeping import envelope_of
from schemas.receipts.envelope import Envelope
from tests.faults.sending import sender
from tests.parts import journey, policies
from tests.parts.policies import tier
from tests.parts.receipts import signer_of
from tests.parts.reviewers import (
    ADA,
    BOB,
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
    rulings.in_force(log_of(db), policies.last_policy(db))
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
