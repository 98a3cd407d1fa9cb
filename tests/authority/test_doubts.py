"""What the owner of the database can write makes nothing leave; what is signed does."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consumers.approved import Approved
from consumers.authority import BySignature
from consumers.rulings import Rulings
from consumers.sending import Sender
from deploy.bench.flat.rewriting import rewriting
from deploy.local.sink import MailSink
from outbox.claim import SEND
from outbox.ledger import Ledger
from outbox.manifest import read
from outbox.seen import current
from outbox.store import Connection, connect
from schemas.authority import signing
from schemas.authority.keeping import kept
from tests.faults.sending import Interrupted, channel_to, sender_over
from tests.parts import journey, policies
from tests.parts.journey import HOUR
from tests.parts.reviewers import (
    ADA,
    BOB,
    ROOT,
    ROOTS,
    approval,
    fate,
    item_of,
    log_of,
    say_yes,
    signed,
)


def kill(db: Connection, other: Connection) -> None:
    db.execute("SELECT pg_terminate_backend(%s)", (other.info.backend_pid,))


def by_hand(db: Connection, id: int, policy: int = 1) -> None:
    """What the owner of the database can write: an approval, and the move."""
    db.execute(
        "ALTER TABLE outbox.approval DROP CONSTRAINT an_approval_is_given_under_a_policy"
    )
    db.execute(
        "WITH given AS (INSERT INTO outbox.approval (intent_id, version, digest, manifest,"
        " manifest_digest, approver, policy, expires_at) SELECT id, version, digest,"
        " %(manifest)s, encode(sha256(%(manifest)s), 'hex'), 'ada', %(policy)s,"
        " now() + interval '1 day' FROM outbox.intent WHERE id = %(id)s RETURNING id)"
        " UPDATE outbox.intent SET state = 'approved', moved_by = 'human',"
        " approval_id = given.id FROM given WHERE intent.id = %(id)s",
        {"id": id, "policy": policy, "manifest": current(db, id).written},
    )


@pytest.mark.parametrize("policy", [1, 0, -1])
def test_an_approval_that_the_owner_of_the_database_inserts_sends_nothing(
    db: Connection, sink: MailSink, believing: Sender, policy: int
) -> None:
    intent = journey.awaiting(db)
    by_hand(db, intent.id, policy)

    believing.look()

    assert fate(db, intent.id) == ("in_review", "approval_unsigned")
    assert sink.accepted() == []


def test_bytes_that_the_owner_of_the_database_swaps_are_not_those_that_were_signed(
    db: Connection, sink: MailSink, believing: Sender
) -> None:
    intent, other = journey.awaiting(db), journey.proposed(db, journey.mail("Pay me"))
    say_yes(db, intent, signed(db, intent))
    with rewriting(db, "artifact", "approval", "intent"):
        swap = (
            "UPDATE outbox.artifact SET content = other.content, digest = other.digest,"
            " secret = other.secret FROM outbox.artifact AS other"
            " WHERE artifact.intent_id = %s AND other.intent_id = %s"
        )
        db.execute(swap, (intent.id, other.id))
        named = "SET digest = %s WHERE intent_id = %s"
        db.execute(f"UPDATE outbox.approval {named}".encode(), (other.digest, intent.id))
        db.execute(
            "UPDATE outbox.intent SET digest = %s WHERE id = %s", (other.digest, intent.id)
        )

    believing.look()

    assert fate(db, intent.id) == ("in_review", None)
    assert sink.accepted() == []


def test_what_must_be_signed_is_the_manifest_in_hand(db: Connection, believing: Sender) -> None:
    intent = journey.awaiting(db)
    say_yes(db, intent, signed(db, intent))
    [claim] = Ledger(db, worker="sender-1").claim(SEND)
    believes = BySignature(db, ROOTS, Rulings(ROOTS))

    manifest = read(claim.manifest or b"")
    other = replace(claim, manifest=b"another manifest")
    [fine, closed] = believes([Approved(claim, manifest), Approved(other, manifest)])

    assert fine is None
    assert closed is not None
    assert closed.reason == "other_bytes"


def test_a_hold_that_the_database_forgets_is_kept_by_the_sender(
    db: Connection, sink: MailSink, believing: Sender
) -> None:
    intent = journey.awaiting(db)
    said = approval(item_of(db, intent), log=log_of(db), held_for=HOUR)
    say_yes(db, intent, kept(signing.signed(said, ADA), "ada"))

    believing.look()

    assert fate(db, intent.id) == ("approved", "held")
    assert sink.accepted() == []


@pytest.mark.own_session("it ends a session by its id")
def test_a_database_that_is_gone_before_the_permit_costs_nothing(
    dsn: str, db: Connection, sink: MailSink, believing: Sender
) -> None:
    intent = journey.awaiting(db)
    say_yes(db, intent, signed(db, intent))
    with connect(dsn, application="tests") as doomed:
        cut = Interrupted(channel_to(sink), before=lambda: kill(db, doomed))
        sending = sender_over(
            cut, doomed, dsn=dsn, authority=BySignature(doomed, ROOTS, Rulings(ROOTS))
        )
        sending.look()

    assert fate(db, intent.id) == ("approved", "permit_lost")
    assert sink.accepted() == []


def test_where_two_are_needed_the_second_person_lets_it_leave(
    db: Connection, sink: MailSink, believing: Sender
) -> None:
    policies.put(db, policies.tier(2), by=ROOT)
    intent = journey.awaiting(db)
    say_yes(db, intent, signed(db, intent))
    believing.look()
    waiting = journey.state_of(db, intent.id)

    say_yes(db, intent, signed(db, intent, signer=BOB, by="bob"))
    believing.look()

    assert (waiting, fate(db, intent.id)) == ("awaiting_approval", ("sent", None))
    assert len(sink.accepted()) == 1
    assert journey.kinds_of(db, intent.id)[3:5] == ["endorsed", "approved"]


def test_one_person_who_signs_twice_is_not_two(
    db: Connection, sink: MailSink, believing: Sender
) -> None:
    policies.put(db, policies.tier(2), by=ROOT)
    intent = journey.awaiting(db)
    say_yes(db, intent, signed(db, intent))
    twice = replace(signed(db, intent), about="bob")  # the database is told it was bob
    say_yes(db, intent, twice)

    believing.look()

    assert fate(db, intent.id) == ("in_review", "approvers_missing")
    assert sink.accepted() == []


def test_a_bulk_approval_sends_each_of_its_mails_once(
    db: Connection, sink: MailSink, believing: Sender
) -> None:
    intents = [journey.awaiting(db) for _ in range(3)]
    bulk = signed(db, *intents)
    for intent in intents:
        say_yes(db, intent, bulk)

    while believing.look():
        pass

    assert len(sink.accepted()) == 3
    assert db.execute(
        "SELECT count(*) FROM outbox.document WHERE kind = 'approval'"
    ).fetchone() == (1,)
