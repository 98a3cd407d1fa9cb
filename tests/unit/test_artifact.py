"""What could never be sent is refused at the door."""

from __future__ import annotations

import json
from hashlib import sha256

import pytest

from outbox.errors import BadArtifact
from outbox.intent import Amount, canonical, parse_artifact
from tests.parts.journey import mail


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"to": []}, "to"),
        ({"to": ["not an address"]}, "to.0"),
        ({"to": ["ada@example.org", "ada@example.org"]}, "named twice"),
        ({"sender": "a@example.com\r\nBcc: eve@example.net"}, "sender"),
        ({"sender_name": "Billing\r\nBcc: eve@example.net"}, "sender_name"),
        ({"subject": "Hello\nBcc: eve@example.net"}, "subject"),
        ({"subject": ""}, "subject"),
        ({"text": "", "html": "  "}, "needs text or html"),
        ({"text": "a\x00b"}, "text"),
        ({"bcc": ["eve@example.net"]}, "bcc"),
        ({"headers": {"X-Mailer": "x"}}, "headers"),
        ({"channel": "pigeon"}, "channel"),
        ({"text": 7}, "text"),
        ({"amount": {"value": -1, "currency": "EUR"}}, "amount.value"),
        ({"amount": {"value": 2**53, "currency": "EUR"}}, "amount.value"),
        ({"amount": {"value": 12.5, "currency": "EUR"}}, "amount.value"),
        ({"amount": {"value": "12", "currency": "EUR"}}, "amount.value"),
        ({"amount": {"value": 12, "currency": "eur"}}, "amount.currency"),
        ({"amount": {"value": 12, "currency": "EUR\n"}}, "amount.currency"),
        ({"amount": {"value": 12}}, "amount.currency"),
        ({"amount": {"value": 12, "currency": "EUR", "scale": 2}}, "amount.scale"),
        ({"amount": 12}, "amount"),
    ],
)
def test_what_could_never_be_sent_is_refused_with_its_field(
    wrong: dict[str, object], named: str
) -> None:
    fields = mail().model_dump(mode="json") | wrong

    with pytest.raises(BadArtifact, match=named):
        parse_artifact(json.dumps(fields))


def test_an_artifact_without_an_amount_has_the_bytes_it_always_had() -> None:
    without = mail()

    assert sha256(canonical(without)).hexdigest() == (
        "199eb43aa3e7c096c8c63bcadaa790ca394ce4e5ac51853311f9bfb5a9dc498c"
    )
    assert "amount" not in without.model_dump_json()


def test_an_amount_is_a_part_of_the_bytes_and_reads_back() -> None:
    amount = Amount(value=2**53 - 1, currency="EUR")
    content = canonical(mail().model_copy(update={"amount": amount}))

    assert b'"amount":{"currency":"EUR","value":9007199254740991}' in content
    assert parse_artifact(content).amount == amount
