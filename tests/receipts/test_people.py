"""What a stranger with the roots' keys sees: whether people have signed for each effect."""

from __future__ import annotations

from dataclasses import replace

import pytest

from schemas.authority import signing
from schemas.authority.holders import Holder
from schemas.authority.passkeys import Assertion
from schemas.receipts.bundle import OfIntent, OfLog
from schemas.receipts.envelope import Envelope
from schemas.receipts.keys import trust_file
from tests.parts.authenticator import Authenticator
from tests.parts.reviewers import ADA, ROOT_FILE
from tests.parts.signed import SignedLog, effect, leave, signed_busy
from tests.receipts import in_advance
from tests.receipts.judging import said
from tests.receipts.signed import bundles

BUSY = signed_busy()
UNSEEN = "people's signatures were not looked at"
SEEN = "people have signed for every effect"
DEVICE = Authenticator()
OF_ANOTHER_KIND = "it names a document of another kind"
CONFUSED = {"grant-used-by-hand", "approval-in-place-of-delegation"}
NOT_COUNTED = {"people-missing", "people-less"}
"""Bundles whose count says that somebody else has signed."""


@pytest.mark.parametrize("told", [BUSY.of_intent(1), BUSY.of_intent(2), BUSY.of_log()])
def test_a_verdict_says_whether_peoples_signatures_were_looked_at(
    told: OfIntent | OfLog,
) -> None:
    assert UNSEEN in said(told)
    assert said(told, reviewers=ROOT_FILE).endswith(SEEN)


def test_without_a_root_nobody_is_a_person() -> None:
    assert said(BUSY.of_intent(1), reviewers=trust_file().encode()) == (
        "invalid: reviewers file: no root is pinned"
    )
    assert said(BUSY.of_intent(1), reviewers=b"{}").startswith("unreadable: ")


def test_who_looks_at_receipts_alone_is_not_told_that_anybody_signed() -> None:
    for name, told in bundles():
        if isinstance(told, OfIntent) and not name.startswith(
            ("people-missing", "people-less")
        ):
            assert UNSEEN in said(told), name


def test_what_was_revoked_after_an_effect_was_good_until_then() -> None:
    assert BUSY.statements[-1].kind == "revocation"
    assert said(BUSY.of_intent(2), reviewers=ROOT_FILE).endswith(SEEN)


def test_a_revocation_that_is_unsigned_is_not_read_over() -> None:
    *others, last = BUSY.of_log().people
    forged = replace(last, signature=bytes(64))

    told = replace(BUSY.of_log(), people=[*others, forged])

    assert said(told, reviewers=ROOT_FILE).startswith(
        "invalid: receipt 16 of 16: the signature of holdshort-"
    )


def by_device(device: Authenticator, holder: Holder = DEVICE.passkey) -> SignedLog:
    """Intent 1 was sent, and ada has signed with a passkey."""
    log = SignedLog().enrol("ada", holder)
    approval = leave(1, by="ada", log=log.origin)
    answer: Assertion = device.answer(signing.challenge_of(approval))
    envelope: Envelope = signing.answered(approval, DEVICE.passkey, answer)
    return effect(log, 1, ("ada", envelope))


def test_a_passkey_signs_for_an_effect() -> None:
    for told in (by_device(DEVICE).of_intent(1), by_device(DEVICE).of_log()):
        assert said(told, reviewers=ROOT_FILE).endswith(SEEN)


@pytest.mark.parametrize(
    "wrong",
    [
        replace(DEVICE, verifies=False),
        replace(DEVICE, origin="https://evil.example.com"),
        replace(DEVICE, rp_id="evil.example.com"),
        Authenticator(),
    ],
)
def test_a_passkey_that_signs_otherwise_signs_for_nothing(wrong: Authenticator) -> None:
    assert said(by_device(wrong).of_intent(1), reviewers=ROOT_FILE).startswith(
        "invalid: receipt 5 of 6: an effect that people have not signed for"
    )


def test_the_key_of_an_enrolment_is_no_key_of_a_log() -> None:
    """What a person's own key says of itself is nobody's word."""
    pinned = trust_file(ADA.key).encode()

    assert said(BUSY.of_intent(1), reviewers=pinned).startswith("invalid: receipt 5 of 6: ")


def test_a_grant_is_its_givers_yes_and_nobody_pretends_to_see_its_extent() -> None:
    for told in (in_advance.granted().of_intent(1), in_advance.granted().of_log()):
        assert said(told, reviewers=ROOT_FILE).endswith(
            f"{SEEN}; 1 effect under standing grants, whose extent is the sender's word"
        )
        assert "grants" not in said(told)


def test_a_delegates_yes_counts_in_anothers_place() -> None:
    for told in (in_advance.delegated().of_intent(1), in_advance.delegated().of_log()):
        assert said(told, reviewers=ROOT_FILE).endswith(SEEN)


@pytest.mark.parametrize(("name", "log"), [*in_advance.logs()])
def test_nothing_leaves_on_what_was_not_signed_in_advance(name: str, log: SignedLog) -> None:
    for told in (log.of_intent(1), log.of_log()):
        why = OF_ANOTHER_KIND if name in CONFUSED else ": an effect that "
        assert said(told, reviewers=ROOT_FILE).startswith("invalid: receipt ")
        assert why in said(told, reviewers=ROOT_FILE)


def test_a_grant_that_a_person_took_back_before_is_no_yes() -> None:
    told = in_advance.taken_back(in_advance.grant()).of_log()

    assert "an effect under what was taken back before" in said(told, reviewers=ROOT_FILE)


@pytest.mark.parametrize("log", [in_advance.granted(), in_advance.delegated()])
def test_a_bundle_without_what_was_signed_in_advance_is_not_believed(log: SignedLog) -> None:
    whole = log.of_log()
    told = replace(whole, people=whole.people[:-1])

    assert "the bundle lacks the document" in said(told, reviewers=ROOT_FILE)
