"""Nothing leaves that no enrolled person has signed, whatever the database says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from consumers.sending import Sender
from deploy.local.sink import MailSink
from outbox import Intent
from outbox.authority.documents import Document
from outbox.store import Connection
from schemas.authority import signing
from schemas.authority.documents import Item
from schemas.authority.keeping import kept
from schemas.authority.passkeys import Passkey
from tests.parts import journey
from tests.parts.authenticator import Authenticator
from tests.parts.reviewers import (
    ADA,
    BOB,
    DAY,
    EVE,
    EVES_ROOT,
    approval,
    declared,
    enrolled,
    item_of,
    log_of,
    revoked,
    say_yes,
    signed,
)

HOUR = journey.HOUR
DEVICE = Authenticator()
Given = Callable[[Connection, Intent], Document]


def fate(db: Connection, id: int) -> tuple[str, object]:
    """Where the intent stands, and what its last receipt says of the gate."""
    last = (
        "SELECT evidence ->> 'gate' FROM outbox.receipt WHERE intent_id = %s"
        " ORDER BY id DESC LIMIT 1"
    )
    [(gate,)] = db.execute(last, (id,)).fetchall()
    return journey.state_of(db, id), gate


def over(db: Connection, item: Item, log: str = "") -> Document:
    said = approval(item, log=log or log_of(db))
    return kept(signing.signed(said, ADA), "ada")


def by_passkey(device: Authenticator, of: Passkey, other: Item | None = None) -> Given:
    """Signed with a device for `of`; its challenge may be that of something else."""

    def given(db: Connection, intent: Intent) -> Document:
        declared(db, enrolled("ada", of))
        said = approval(item_of(intent), log=log_of(db))
        asked = said if other is None else replace(said, items=(other,))
        answer = device.answer(signing.challenge_of(asked))
        return kept(signing.answered(said, of, answer), "ada")

    return given


def after(envelope: Callable[[], object], signer: object = ADA) -> Given:
    """Signed once this was declared."""

    def given(db: Connection, intent: Intent) -> Document:
        declared(db, envelope())  # type: ignore[arg-type]
        return signed(db, intent, signer=signer)  # type: ignore[arg-type]

    return given


PASSKEY = DEVICE.passkey
BAD: dict[str, tuple[Given, str]] = {
    "wrong key": (
        lambda db, intent: replace(signed(db, intent, signer=EVE), key=ADA.key.name),
        "signature_invalid",
    ),
    "unenrolled key": (lambda db, intent: signed(db, intent, signer=EVE), "key_unenrolled"),
    "enrolled by another root": (
        after(lambda: enrolled("ada", EVE.key, root=EVES_ROOT), EVE),
        "key_unenrolled",
    ),
    "revoked key": (after(lambda: revoked(key=ADA.key.name)), "key_revoked"),
    "expired enrolment": (
        after(lambda: enrolled("ada", EVE.key, since=2 * DAY, until=-HOUR), EVE),
        "enrolment_over",
    ),
    "key of another": (lambda db, intent: signed(db, intent, signer=BOB), "key_of_another"),
    "another digest": (
        lambda db, intent: over(db, replace(item_of(intent), manifest="0" * 64)),
        "other_bytes",
    ),
    "another intent": (
        lambda db, intent: over(db, replace(item_of(intent), intent=intent.id + 1)),
        "other_bytes",
    ),
    "another version": (
        lambda db, intent: over(db, replace(item_of(intent), version=2)),
        "other_bytes",
    ),
    "another log": (
        lambda db, intent: over(db, item_of(intent), "holdshort/staging"),
        "other_log",
    ),
    "passkey, unverified": (
        by_passkey(replace(DEVICE, verifies=False), PASSKEY),
        "signature_invalid",
    ),
    "passkey, other origin": (
        by_passkey(replace(DEVICE, origin="https://evil.example.com"), PASSKEY),
        "signature_invalid",
    ),
    "passkey, other rp": (
        by_passkey(replace(DEVICE, rp_id="evil.example.com"), PASSKEY),
        "signature_invalid",
    ),
    "passkey, other challenge": (
        by_passkey(DEVICE, PASSKEY, Item(7, 1, "0" * 64)),
        "signature_invalid",
    ),
}


@pytest.mark.parametrize("given", [signed, by_passkey(DEVICE, PASSKEY)], ids=["key", "passkey"])
def test_what_an_enrolled_person_has_signed_is_sent(
    db: Connection, sink: MailSink, believing: Sender, given: Given
) -> None:
    intent = journey.awaiting(db)
    say_yes(db, intent, given(db, intent))

    believing.look()

    assert fate(db, intent.id) == ("sent", None)
    assert len(sink.accepted()) == 1


@pytest.mark.parametrize("name", BAD)
def test_a_signature_that_does_not_count_sends_nothing(
    db: Connection, sink: MailSink, believing: Sender, name: str
) -> None:
    given, reason = BAD[name]
    intent = journey.awaiting(db)
    say_yes(db, intent, given(db, intent))

    believing.look()

    assert fate(db, intent.id) == ("in_review", reason)
    assert sink.accepted() == []


def test_a_name_alone_sends_nothing(db: Connection, sink: MailSink, believing: Sender) -> None:
    intent = journey.approved(db)

    believing.look()

    assert fate(db, intent.id) == ("in_review", "approval_unsigned")
    assert sink.accepted() == []


def by_hand(db: Connection, id: int, needed: int = 1) -> None:
    """What the owner of the database can write: an approval, and the move."""
    db.execute("ALTER TABLE outbox.approval DROP CONSTRAINT an_approval_needs_somebody")
    db.execute(
        "WITH given AS (INSERT INTO outbox.approval (intent_id, version, digest, approver,"
        " needed, expires_at) SELECT id, version, digest, 'ada', %(needed)s,"
        " now() + interval '1 day' FROM outbox.intent WHERE id = %(id)s RETURNING id)"
        " UPDATE outbox.intent SET state = 'approved', moved_by = 'human',"
        " approval_id = given.id FROM given WHERE intent.id = %(id)s",
        {"id": id, "needed": needed},
    )


@pytest.mark.parametrize("needed", [1, 0, -1])
def test_an_approval_that_the_owner_of_the_database_inserts_sends_nothing(
    db: Connection, sink: MailSink, believing: Sender, needed: int
) -> None:
    intent = journey.awaiting(db)
    by_hand(db, intent.id, needed)

    believing.look()

    assert fate(db, intent.id) == ("in_review", "approval_unsigned")
    assert sink.accepted() == []


def test_bytes_that_the_owner_of_the_database_swaps_are_not_those_that_were_signed(
    db: Connection, sink: MailSink, believing: Sender
) -> None:
    intent, other = journey.awaiting(db), journey.proposed(db, journey.mail("Pay me"))
    say_yes(db, intent, signed(db, intent))
    db.execute("SET session_replication_role = replica")
    swap = (
        "UPDATE outbox.artifact SET content = other.content, digest = other.digest"
        " FROM outbox.artifact AS other WHERE artifact.intent_id = %s AND other.intent_id = %s"
    )
    db.execute(swap, (intent.id, other.id))
    named = "SET digest = %s WHERE intent_id = %s"
    db.execute(f"UPDATE outbox.approval {named}".encode(), (other.digest, intent.id))
    db.execute("UPDATE outbox.intent SET digest = %s WHERE id = %s", (other.digest, intent.id))
    db.execute("SET session_replication_role = origin")

    believing.look()

    assert fate(db, intent.id) == ("in_review", "other_bytes")
    assert sink.accepted() == []


def test_where_two_are_needed_the_second_person_lets_it_leave(
    db: Connection, sink: MailSink, believing: Sender
) -> None:
    intent = journey.awaiting(db)
    say_yes(db, intent, signed(db, intent), needed=2)
    believing.look()
    waiting = journey.state_of(db, intent.id)

    say_yes(db, intent, signed(db, intent, signer=BOB, by="bob"), needed=2)
    believing.look()

    assert (waiting, fate(db, intent.id)) == ("awaiting_approval", ("sent", None))
    assert len(sink.accepted()) == 1
    assert journey.kinds_of(db, intent.id)[3:5] == ["endorsed", "approved"]


def test_one_person_who_signs_twice_is_not_two(
    db: Connection, sink: MailSink, believing: Sender
) -> None:
    intent = journey.awaiting(db)
    say_yes(db, intent, signed(db, intent), needed=2)
    twice = replace(signed(db, intent), about="bob")  # the database is told it was bob
    say_yes(db, intent, twice, needed=2)

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
