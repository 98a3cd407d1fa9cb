"""Each rule finds what it is for, and leaves alone what only looks like it."""

from __future__ import annotations

import re

import pytest

from consumers.scorers import History, Sent
from consumers.scorers.rules import Rules
from outbox import Attachment, Email
from outbox.results import Score
from tests.parts.mails import ORDINARY, mail

ADA = "ada@example.org"
KNOWN = History((Sent(1, frozenset({ADA}), "Something else that was sent a while ago"),))
BODY = "Dear Ada,\n\nwe have news about your order of last week: %s\n\nBilling"


def judge(artifact: Email, history: History = KNOWN) -> Score:
    return Rules().score(artifact, history)


def said(text: str) -> Score:
    return judge(mail("News about your order", BODY % text))


FOUND = {
    "a field of a template": ["{{name}}", "${order.id}", "<%= total %>", "{first_name}"],
    "a blank in brackets": ["[NAME]", "[Your Name]", "[insert date here]", "[customer name]"],
    "the author's note": ["TODO check", "lorem ipsum dolor", "price: XXX", "FIXME"],
    "it greets": ["Dear None", "Hi undefined,", "Hello null", "Dear NaN", "Dear ,", "Hi ,"],
    "a private key": ["-----BEGIN RSA PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----"],
    "an AWS access key": ["AKIAIOSFODNN7EXAMPLE"],
    "a GitHub token": ["ghp_" + "a1B2" * 9, "github_pat_" + "a1B2" * 8],
    "a Slack token": ["xoxb-123456789012-abcdef"],
    "a Stripe key": ["sk_live_" + "a1B2" * 5],
    "an API key of a model provider": ["sk-proj-" + "a1B2" * 6],
    "a Google API key": ["AIza" + "a1B2c" * 7],
    "a signed token": ["eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.dozjgNryP4J3jVmN"],
    "an address with a password": ["postgresql://app:s3cret@db.example.com/app"],
    "what its label calls a secret": [
        "password: hunter2",
        "Your password is: Xk9#pp",
        "api key = 9f8e7d6c5b4a",
        "Passwort: geh3im!",
    ],
    "a long random token": ["Zk3tX9qLw0Rb7VnYc5Hs2MfPj8DgAe4U"],
    "a card number that ends in 1111": ["4111 1111 1111 1111", "4111111111111111"],
}

SECRETS = ["passphrase: hunter2-hunter2", "AKIAIOSFODNN7EXAMPLE", "4111111111111111"]

NEAR = [
    "a set {1, 2} of two",
    "it costs $5 {plus tax}",
    "[1] and [EXTERNAL] and [Customer Support]",
    "to do: call the bank; todo lists; XXL; XXX-4242; BIC COBADEFFXXX",
    "Dear Nan, Dear Nonette, Hi Nulla, none of this is undefined",
    "Hi, Hello, and good day, all",
    "-----BEGIN CERTIFICATE-----",
    "AKIA is the start of a key",
    "a sk-ate, an xoxo-, a ghp_ prefix, an eyJ. prefix",
    "https://example.com:8443/path and ada:@example.org",
    "password: required",
    "Password: ********",
    "your password: https://example.com/reset",
    "a token: none",
    "3f786850e387550fdab836ed7e6dc881de23001b",
    "123e4567-e89b-12d3-a456-426614174000",
    "https://example.com/t/Zk3tX9qLw0Rb7VnYc5Hs2MfPj8DgAe4U",
    "InvoiceSummaryReport2024Q3Final",
    "4111 1111 1111 1112",  # one digit off
    "DE89 3704 0044 0532 0130 00",
    "order 9999 9999 9999 9995 and 30569309025904",  # no card is issued like this
]


@pytest.mark.parametrize(
    ("finding", "text"), [(finding, text) for finding in FOUND for text in FOUND[finding]]
)
def test_what_should_not_leave_is_found_and_costs_the_approval(finding: str, text: str) -> None:
    score = said(text)

    assert any(finding in reason for reason in score.reasons), score.reasons
    assert score.confidence < 0.7


@pytest.mark.parametrize("text", NEAR)
def test_what_only_looks_like_it_is_left_alone(text: str) -> None:
    assert said(text).reasons == ()


@pytest.mark.parametrize("text", SECRETS)
def test_no_reason_repeats_a_secret(text: str) -> None:
    told = " ".join(said(text).reasons)

    assert told
    assert not [part for part in re.split(r"[\s:@]+", text) if len(part) > 8 and part in told]


@pytest.mark.parametrize("artifact", ORDINARY, ids=lambda one: one.subject)
def test_an_ordinary_mail_to_a_known_domain_needs_no_closer_look(artifact: Email) -> None:
    score = judge(artifact)

    assert score.confidence >= 0.7, score.reasons


def test_a_mail_to_a_new_domain_gets_a_closer_look() -> None:
    new = judge(mail("News", BODY % "none", to="ada@elsewhere.example"))
    known = judge(mail("News", BODY % "none", to="grace@EXAMPLE.org"))

    assert new.confidence < 0.7 <= known.confidence
    assert "elsewhere" not in "".join(new.reasons)


def test_what_a_complete_mail_has_is_missed() -> None:
    bare = Email(
        sender="billing@example.com", to=(ADA,), subject="Hm", html="<p>see <b>above</b></p>"
    )

    assert judge(bare).reasons == (
        "it has no plain text beside its HTML",
        "its sender has no name",
        "its subject is empty or very short",
        "it says almost nothing",
    )


def test_one_missing_thing_alone_costs_no_approval() -> None:
    unnamed = ORDINARY[0].model_copy(update={"sender_name": ""})

    score = judge(unnamed)

    assert score.reasons == ("its sender has no name",)
    assert score.confidence >= 0.7


TEXT = (
    "Dear Ada,\n\nyour invoice 2024-0117 over EUR 1,250.00 is due on the 3rd of May.\n\nBilling"
)


def sent(text: str, to: str = ADA) -> History:
    return History((Sent(17, frozenset({to}), f"Your invoice\n{text}\n"),))


def test_the_same_mail_again_to_the_same_recipient_is_noticed() -> None:
    other = judge(mail("Your invoice", TEXT.replace("2024-0117", "2024-0221")), sent(TEXT))
    same = judge(mail("Your invoice", TEXT, to="Ada@Example.org"), sent(TEXT))

    assert same.reasons == ("100% of it was sent to a same recipient as intent 17",)
    assert same.confidence < 0.7
    assert other.confidence >= 0.7


def test_the_same_mail_to_others_or_another_mail_is_no_repetition() -> None:
    to_others = judge(mail("Your invoice", TEXT), sent(TEXT, to="grace@example.org"))
    another = judge(ORDINARY[1], sent(TEXT))

    assert (to_others.reasons, another.reasons) == ((), ())


def test_secrets_are_found_in_markup_and_in_attached_text() -> None:
    hidden = mail("News", BODY % "none", html="<p>Hello Ada</p><!-- AKIAIOSFODNN7EXAMPLE -->")
    attached = ORDINARY[0].model_copy(
        update={
            "attachments": (
                Attachment(
                    filename="env",
                    media_type="text/plain",
                    content=b"QUtJQUlPU0ZPRE5ON0VYQU1QTEU=",
                ),
            )
        }
    )

    assert judge(hidden).confidence < 0.7
    assert judge(attached).confidence < 0.7
