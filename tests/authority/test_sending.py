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
    fate,
    item_of,
    log_of,
    revoked,
    say_yes,
    signed,
)

HOUR = journey.HOUR
DEVICE = Authenticator()
Given = Callable[[Connection, Intent], Document]


def over(db: Connection, item: Item, log: str = "") -> Document:
    said = approval(item, log=log or log_of(db))
    return kept(signing.signed(said, ADA), "ada")


def by_passkey(device: Authenticator, of: Passkey, other: Item | None = None) -> Given:
    """Signed with a device for `of`; its challenge may be that of something else."""

    def given(db: Connection, intent: Intent) -> Document:
        declared(db, enrolled("ada", of))
        said = approval(item_of(db, intent), log=log_of(db))
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
        lambda db, intent: over(db, replace(item_of(db, intent), manifest="0" * 64)),
        "other_bytes",
    ),
    "another intent": (
        lambda db, intent: over(db, replace(item_of(db, intent), intent=intent.id + 1)),
        "other_bytes",
    ),
    "another version": (
        lambda db, intent: over(db, replace(item_of(db, intent), version=2)),
        "other_bytes",
    ),
    "another log": (
        lambda db, intent: over(db, item_of(db, intent), "holdshort/staging"),
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
