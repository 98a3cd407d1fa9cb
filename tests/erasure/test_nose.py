"""The search for canaries finds them: a leak that is planted by hand is seen."""

from __future__ import annotations

import base64

import pytest

from tests.erasure.canaries import Canaries, mail_with


@pytest.mark.parametrize("before", ["", "x", "xy", "xyz"])
def test_a_canary_is_found_in_any_common_disguise(before: str) -> None:
    canaries = Canaries()
    word = canaries.word("a secret")
    text = f"{before}{word} and more".encode()

    for disguised in (text, text.upper(), text.hex().encode(), base64.b64encode(text)):
        assert canaries.found_in(b"log: " + disguised + b"\n") == {"a secret"}, disguised


def test_what_is_not_there_is_not_found() -> None:
    canaries = Canaries()
    canaries.word("a secret")

    assert canaries.found_in(b"canary " + b"0123456789abcdef" * 100) == set()


def test_every_text_of_a_mail_has_its_own_canary() -> None:
    canaries = Canaries()
    mail = mail_with(canaries, "fine")

    assert canaries.found_in(mail.model_dump_json().encode()) == set(canaries.planted)
    assert len(canaries.planted) == 10
