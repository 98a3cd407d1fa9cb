"""What people have signed leaves in a bundle, and a stranger verifies it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy

from consumers.sending import Sender
from deploy import exporting
from deploy.bench.flat.rewriting import rewriting
from outbox.claim import SEND
from outbox.erasing import Eraser
from outbox.ledger import Ledger
from outbox.queries import reader
from outbox.store import Connection
from tests.grants.test_delegating import in_place, say_yes_for_ada
from tests.parts import journey
from tests.parts.granting import delegated, given, granted
from tests.parts.policies import put, tier
from tests.parts.receipts import OURS, attest
from tests.parts.reviewers import ADA, BOB, ROOT, ROOT_FILE, declared, revoked, say_yes, signed
from tests.receipts.judging import said
from tests.receipts.lives import sent

SEEN = "people have signed for every effect"


@pytest.fixture
def look(dsn: str) -> Iterator[sqlalchemy.Connection]:
    with reader(dsn).connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection


def verdicts(db: Connection, look: sqlalchemy.Connection, id: int) -> list[str]:
    """Of the intent's bundle and of the whole log."""
    attest(db)
    told = (exporting.of_intent(look, id, OURS), exporting.of_log(look))
    return [said(one, reviewers=ROOT_FILE) for one in told]


def test_whatever_a_sender_believes_a_stranger_can_verify(
    db: Connection, look: sqlalchemy.Connection, believing: Sender
) -> None:
    intents = [journey.awaiting(db), journey.awaiting(db, journey.mail(to="b@two.example"))]
    put(db, tier(2, to="*@two.example"), by=ROOT)
    bulk = signed(db, *intents)
    say_yes(db, intents[0], bulk)
    say_yes(db, intents[1], bulk)
    say_yes(db, intents[1], signed(db, intents[1], signer=BOB, by="bob"))
    believing.look()
    believing.look()
    declared(db, revoked(key=ADA.key.name))

    for intent in intents:
        assert journey.state_of(db, intent.id) == "sent"
        assert [one.endswith(SEEN) for one in verdicts(db, look, intent.id)] == [True, True]


def test_what_is_erased_was_still_signed_for(
    db: Connection, look: sqlalchemy.Connection, believing: Sender
) -> None:
    intent = journey.awaiting(db)
    say_yes(db, intent, signed(db, intent))
    believing.look()

    Eraser(db, actor="dora", reason="a letter").erase(intent.id)

    assert [one.endswith(SEEN) for one in verdicts(db, look, intent.id)] == [True, True]


def test_an_effect_under_a_name_alone_is_an_effect_that_nobody_has_signed_for(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    for verdict in verdicts(db, look, sent(db)):
        assert verdict.endswith("an effect whose approval nobody has signed")


def test_a_database_that_withholds_a_signature_is_found_out(
    db: Connection, look: sqlalchemy.Connection, believing: Sender
) -> None:
    intent = journey.awaiting(db)
    say_yes(db, intent, signed(db, intent))
    believing.look()
    attest(db)
    with rewriting(db, "endorsement"):
        db.execute("UPDATE outbox.endorsement SET document_id = NULL, document = NULL")

    for verdict in verdicts(db, look, intent.id):
        assert "the bundle lacks the document that it names" in verdict


def test_an_effect_under_a_grant_is_verified_as_its_givers(
    db: Connection, look: sqlalchemy.Connection, believing: Sender
) -> None:
    given(db)
    intent = journey.awaiting(db)
    granted(db)
    believing.look()

    Eraser(db, actor="dora", reason="a letter").erase(intent.id)

    for verdict in verdicts(db, look, intent.id):
        assert verdict.endswith(
            f"{SEEN}; 1 effect under standing grants, whose extent is the sender's word"
        )


def test_an_effect_under_a_grant_that_nobody_signed_is_not_believed(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    given(db, signer=None)
    intent = journey.awaiting(db)
    granted(db)
    journey.switch_on(db)
    [claim] = Ledger(db, worker="worker-1").claim(SEND)
    Ledger(db, worker="worker-1").permit(claim, enough=journey.SECOND)

    for verdict in verdicts(db, look, intent.id):
        assert verdict.endswith("an effect whose approval nobody has signed")


def by_delegate(db: Connection, believing: Sender) -> int:
    """An intent that was sent by bob's yes for ada."""
    delegation = delegated(db)
    intent = journey.awaiting(db)
    say_yes_for_ada(db, intent, delegation, in_place(db, intent))
    believing.look()
    assert journey.state_of(db, intent.id) == "sent"
    return intent.id


def test_an_effect_by_a_delegate_is_verified_with_its_delegation(
    db: Connection, look: sqlalchemy.Connection, believing: Sender
) -> None:
    for verdict in verdicts(db, look, by_delegate(db, believing)):
        assert verdict.endswith(SEEN)


def test_a_database_that_withholds_a_delegation_is_found_out(
    db: Connection, look: sqlalchemy.Connection, believing: Sender
) -> None:
    id = by_delegate(db, believing)
    with rewriting(db, "delegation"):
        db.execute("UPDATE outbox.delegation SET document_id = NULL")

    [of_intent, _] = verdicts(db, look, id)
    assert "the bundle lacks the document that it names" in of_intent
