"""A passkey's signature is of these very bytes, for our page, with its user verified."""

from __future__ import annotations

import sys
from dataclasses import replace

import pytest

from schemas.authority import documents, signing
from schemas.authority.documents import Item
from schemas.authority.judging import Asked, judge
from schemas.authority.roster import Refusal
from schemas.receipts.envelope import Envelope
from tests.parts.authenticator import Authenticator
from tests.parts.reviewers import ROOTS, approval, enrolled, now

LOG = "holdshort/tests"
MAIL = Item(7, 1, "ab" * 32)
DEVICE = Authenticator()


def yes(device: Authenticator) -> Envelope:
    said = approval(MAIL, log=LOG)
    return signing.answered(said, DEVICE.passkey, device.answer(signing.challenge_of(said)))


def why(*envelopes: Envelope) -> str:
    with pytest.raises(Refusal) as refused:
        judge(Asked(LOG, MAIL), [*envelopes, enrolled("ada", DEVICE.passkey)], ROOTS, now())
    assert refused.value.reason == "signature_invalid"
    return str(refused.value)


@pytest.mark.parametrize("counter", [0, 1, 2**32 - 1])
def test_a_passkey_signs_whatever_its_counter_says(counter: int) -> None:
    signed = yes(replace(DEVICE, counter=counter))
    of_ada = enrolled("ada", DEVICE.passkey)

    for _ in range(2):
        assert judge(Asked(LOG, MAIL), [signed, of_ada], ROOTS, now()) == ("ada",)


@pytest.mark.parametrize(
    ("device", "said"),
    [
        (replace(DEVICE, verifies=False), "user was not verified"),
        (replace(DEVICE, origin="https://evil.example.com"), "Unexpected client data origin"),
        (replace(DEVICE, rp_id="evil.example.com"), "Unexpected RP ID hash"),
        (replace(DEVICE, kind="webauthn.create"), "Unexpected client data type"),
        (replace(DEVICE, private=Authenticator().private), "Could not verify"),
    ],
    ids=["unverified", "origin", "rp", "kind", "key"],
)
def test_a_device_that_signs_otherwise_has_signed_nothing(
    device: Authenticator, said: str
) -> None:
    assert said in why(yes(device))


def test_the_answer_to_another_challenge_is_none_to_this_one() -> None:
    other = signing.challenge_of(approval(Item(8, 1, "ab" * 32), log=LOG))
    signed = signing.answered(approval(MAIL, log=LOG), DEVICE.passkey, DEVICE.answer(other))

    assert "challenge was not expected" in why(signed)


@pytest.mark.parametrize("signature", [b"", b"{}", b"[]", b"\xff", b'{"signature":"AA=="}'])
def test_no_signature_of_a_passkey_stops_a_sender(signature: bytes) -> None:
    assert "no assertion" in why(replace(yes(DEVICE), signature=signature))


@pytest.mark.parametrize(
    "change",
    [
        {"client_data": b"[]"},
        {"client_data": b'{"type":1,"challenge":[],"origin":{}}'},
        {"client_data": b"[" * 100_000},
        {"authenticator_data": b""},
        {"authenticator_data": bytes([0] * 32 + [0xC5] + [0] * 40)},
        {"signature": b"x"},
    ],
)
def test_nor_does_an_assertion_that_is_none(change: dict[str, bytes]) -> None:
    said = approval(MAIL, log=LOG)
    answer = replace(DEVICE.answer(signing.challenge_of(said)), **change)

    assert "has not signed this" in why(signing.answered(said, DEVICE.passkey, answer))


@pytest.mark.parametrize("public", [b"\x00", b"\xa0", b"\x04", b"\xa1\x01\x02", b"\xff" * 40])
def test_nor_does_a_public_key_that_is_none(public: bytes) -> None:
    said = approval(MAIL, log=LOG)
    broken = replace(DEVICE.passkey, public=public)
    signed = signing.answered(said, broken, DEVICE.answer(signing.challenge_of(said)))
    of_ada = enrolled("ada", broken)

    with pytest.raises(Refusal, match="has not signed this"):
        judge(Asked(LOG, MAIL), [signed, of_ada], ROOTS, now())


def test_where_passkeys_are_not_installed_theirs_is_no_signature(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "webauthn", None)

    assert "pip install 'holdshort[passkey]'" in why(yes(DEVICE))


def test_a_passkey_is_read_back_as_it_was_written() -> None:
    written = documents.Enrolment(
        person="ada", key=DEVICE.passkey, not_before=now(), not_after=None
    ).written()

    assert documents.enrolment(written).key == DEVICE.passkey
