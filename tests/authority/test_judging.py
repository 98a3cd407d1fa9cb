"""Whose signature counts for what is about to leave, and whose does not."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from schemas.authority import signing
from schemas.authority.documents import Approval, Item
from schemas.authority.judging import Asked, judge
from schemas.authority.needs import Need
from schemas.authority.roster import Refusal
from schemas.receipts.envelope import Envelope
from schemas.receipts.keys import Signer
from schemas.receipts.statement import digest_of
from tests.parts.reviewers import (
    ADA,
    BOB,
    DAY,
    EVE,
    EVES_ROOT,
    ROOTS,
    approval,
    enrolled,
    now,
    revoked,
)

LOG = "holdshort/tests"
MAIL = Item(7, 1, "ab" * 32)
ASKED = Asked(LOG, MAIL)
OF_ADA, OF_BOB = enrolled("ada", ADA.key), enrolled("bob", BOB.key)
SECOND = dt.timedelta(seconds=1)


def yes(
    signer: Signer = ADA, approver: str = "ada", item: Item = MAIL, log: str = LOG
) -> Envelope:
    return signing.signed(approval(item, log=log, approver=approver), signer)


def refusal(*envelopes: Envelope, asked: Asked = ASKED) -> str:
    """The one word for why these do not authorise it; empty if they do."""
    try:
        judge(asked, envelopes, ROOTS, now())
    except Refusal as refused:
        return refused.reason
    return ""


def test_an_enrolled_person_who_has_signed_this_authorises_it() -> None:
    assert judge(ASKED, [OF_ADA, yes()], ROOTS, now()) == ("ada",)


def test_a_bulk_approval_is_one_signature_over_each_of_its_items() -> None:
    items = [Item(intent, 1, "cd" * 32) for intent in range(1, 101)]
    bulk = signing.signed(approval(*items, log=LOG), ADA)

    assert {refusal(OF_ADA, bulk, asked=Asked(LOG, item)) for item in items} == {""}
    assert refusal(OF_ADA, bulk) == "other_bytes"


@pytest.mark.parametrize(
    ("envelopes", "reason"),
    [
        ([OF_ADA], "approval_unsigned"),
        ([yes()], "key_unenrolled"),
        ([OF_ADA, yes(EVE)], "key_unenrolled"),
        ([enrolled("ada", EVE.key, root=EVES_ROOT), yes(EVE)], "key_unenrolled"),
        ([enrolled("ada", ADA.key, root=ADA), yes()], "key_unenrolled"),
        ([OF_ADA, replace(yes(EVE), signer=ADA.key.name)], "signature_invalid"),
        ([OF_ADA, replace(yes(), signature=b"")], "signature_invalid"),
        ([OF_ADA, replace(yes(), payload=yes(item=Item(7, 2, MAIL.manifest)).payload)],
         "signature_invalid"),
        ([OF_ADA, replace(yes(), payload=b"{}")], "approval_unreadable"),
        ([OF_ADA, OF_BOB, yes(BOB)], "key_of_another"),
        ([OF_ADA, yes(item=Item(8, 1, MAIL.manifest))], "other_bytes"),
        ([OF_ADA, yes(item=Item(7, 2, MAIL.manifest))], "other_bytes"),
        ([OF_ADA, yes(item=Item(7, 1, "cd" * 32))], "other_bytes"),
        ([OF_ADA, yes(log="holdshort/staging")], "other_log"),
        ([OF_ADA, yes(), revoked(key=ADA.key.name)], "key_revoked"),
        ([enrolled("ada", ADA.key, until=-SECOND), yes()], "enrolment_over"),
        ([enrolled("ada", ADA.key, since=-DAY), yes()], "enrolment_over"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_what_is_wrong_with_a_signature_is_said_in_one_word(
    envelopes: list[Envelope], reason: str
) -> None:
    assert refusal(*envelopes) == reason


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"valid_for": -SECOND}, "approval_expired"),
        ({"held_for": SECOND * 30}, "held"),
    ],
)
def test_an_approval_counts_within_its_own_dates_only(
    change: dict[str, dt.timedelta], reason: str
) -> None:
    signed = signing.signed(approval(MAIL, log=LOG, **change), ADA)  # type: ignore[arg-type]

    assert refusal(OF_ADA, signed) == reason


def test_a_revoked_approval_counts_no_longer_and_another_one_does() -> None:
    first, second = yes(), yes()
    taken = revoked(document=digest_of(first.payload))

    assert refusal(OF_ADA, first, taken) == "approval_revoked"
    assert refusal(OF_ADA, first, taken, second) == ""


def test_a_revocation_that_no_root_has_signed_says_nothing() -> None:
    taken = replace(revoked(key=ADA.key.name), signature=bytes(64))

    assert refusal(OF_ADA, yes(), taken) == ""


def test_a_key_that_is_enrolled_again_stays_revoked() -> None:
    assert refusal(yes(), revoked(key=ADA.key.name), OF_ADA) == "key_revoked"


@pytest.mark.parametrize(
    ("envelopes", "reason"),
    [
        ([OF_ADA, OF_BOB, yes()], "approvers_missing"),
        ([OF_ADA, OF_BOB, yes(), yes()], "approvers_missing"),
        ([OF_ADA, enrolled("ada", BOB.key), yes(), yes(BOB)], "approvers_missing"),
        ([OF_ADA, enrolled("Ada", BOB.key), yes(), yes(BOB, "Ada")], "approvers_missing"),
        ([OF_ADA, enrolled("bob", ADA.key), yes(), yes(ADA, "bob")], "approvers_missing"),
        ([OF_ADA, OF_BOB, yes(), yes(EVE, "bob")], "key_unenrolled"),
        ([OF_ADA, OF_BOB, yes(), yes(BOB, "bob")], ""),
        ([OF_ADA, OF_BOB, yes(EVE, "eve"), yes(), yes(BOB, "bob")], ""),
    ],
)
def test_where_two_are_needed_two_people_with_keys_of_their_own_have_signed(
    envelopes: list[Envelope], reason: str
) -> None:
    assert refusal(*envelopes, asked=Asked(LOG, MAIL, (Need(2),))) == reason


@pytest.mark.parametrize("needs", [(), (Need(0),), (Need(-1),)])
def test_nobody_is_never_enough(needs: tuple[Need, ...]) -> None:
    assert refusal(OF_ADA, asked=Asked(LOG, MAIL, needs)) == "approval_unsigned"
    assert refusal(OF_ADA, yes(EVE), asked=Asked(LOG, MAIL, needs)) == "key_unenrolled"


@pytest.mark.parametrize(
    ("of", "reason"),
    [({"ada", "bob"}, ""), ({"Ada", "eve"}, "approvers_missing"), (set(), "approvers_missing")],
)
def test_only_the_yes_of_who_is_asked_counts(of: set[str], reason: str) -> None:
    asked = Asked(LOG, MAIL, (Need(1), Need(2, frozenset(of))))

    assert refusal(OF_ADA, OF_BOB, yes(), yes(BOB, "bob"), asked=asked) == reason


def test_the_yes_of_who_has_a_hand_in_it_does_not_count() -> None:
    asked = Asked(LOG, MAIL, barred=frozenset({"ADA"}))

    assert refusal(OF_ADA, OF_BOB, yes(), asked=asked) == "approver_wrote_it"
    assert refusal(OF_ADA, OF_BOB, yes(), yes(BOB, "bob"), asked=asked) == ""


def test_an_approval_is_not_taken_for_a_document_of_another_kind() -> None:
    said: Approval = approval(MAIL, log=LOG)
    as_enrolment = replace(signing.signed(said, ADA), kind=OF_ADA.kind)

    assert refusal(OF_ADA, as_enrolment) == "approval_unsigned"
