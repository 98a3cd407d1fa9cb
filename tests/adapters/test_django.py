"""Django's own `send_mail` and transactions, over the backend that proposes."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import EmailMessage
from django.db import connections, transaction
from django.test import override_settings

from outbox.errors import BadArtifact, Conflict, NotAllowed
from outbox.store import Connection
from tests.adapters.djangos import django_on
from tests.parts.logins import logins_of

WRITTEN = {"subject": "Your order", "body": "It is on its way.", "to": ["ada@example.org"]}


@pytest.fixture(autouse=True)
def site(agents: str) -> Iterator[None]:
    with django_on(agents):
        yield


def contents(db: Connection) -> list[dict[str, Any]]:
    rows = db.execute("SELECT content FROM outbox.artifact ORDER BY intent_id").fetchall()
    return [json.loads(content) for (content,) in rows]


def test_a_mail_that_is_sent_is_held_not_sent(db: Connection) -> None:
    written = EmailMessage(**WRITTEN)

    assert written.send() == 1

    assert written.holdshort.said.startswith("held, not sent: intent 1 waits for a person")
    assert contents(db) == [
        {
            "channel": "email",
            "sender": "shop@example.com",
            "sender_name": "Shop",
            "to": ["ada@example.org"],
            "cc": [],
            "subject": "Your order",
            "text": "It is on its way.",
            "html": "",
            "attachments": [],
        }
    ]
    assert db.execute("SELECT producer, state FROM outbox.intent").fetchall() == [
        ("shop", "submitted")
    ]


def test_what_is_rolled_back_was_never_proposed(db: Connection) -> None:
    with transaction.atomic():
        assert mail.send_mail("Your order", "Paid.", None, ["ada@example.org"]) == 1
        transaction.set_rollback(True)

    assert contents(db) == []


def test_what_is_not_committed_nobody_can_see(db: Connection) -> None:
    with transaction.atomic():
        mail.send_mail("Your order", "Paid.", None, ["ada@example.org"])
        assert contents(db) == []

    assert len(contents(db)) == 1


def test_a_key_names_the_same_mail_once(db: Connection) -> None:
    named = {"headers": {"Idempotency-Key": "order-7-paid"}}

    first, again = EmailMessage(**WRITTEN, **named), EmailMessage(**WRITTEN, **named)
    assert (first.send(), again.send()) == (1, 1)

    assert again.holdshort.intent == first.holdshort.intent
    assert len(contents(db)) == 1


def test_a_key_with_other_bytes_is_refused_and_the_transaction_goes_on(db: Connection) -> None:
    named = {"headers": {"idempotency-key": "order-7-paid"}}
    EmailMessage(**WRITTEN, **named).send()

    with transaction.atomic():
        with pytest.raises(Conflict, match="order-7-paid already names intent 1"):
            EmailMessage(**{**WRITTEN, "body": "Pay now!"}, **named).send()
        assert mail.send_mail("Your order", "Paid.", None, ["ada@example.org"]) == 1

    assert [content["text"] for content in contents(db)] == ["It is on its way.", "Paid."]


def test_a_mail_without_a_key_is_a_new_one_each_time(db: Connection) -> None:
    for _ in range(2):
        mail.send_mail("Password changed", "It was.", None, ["ada@example.org"])

    assert len(contents(db)) == 2


def test_of_many_mails_all_are_proposed_or_none(db: Connection) -> None:
    good = ("One", "text", None, ["ada@example.org"])

    with pytest.raises(BadArtifact, match="to"):
        mail.send_mass_mail([good, ("Two", "text", None, ["nobody"])])
    assert contents(db) == []
    assert mail.send_mass_mail([good, ("Three", "text", None, []), good]) == 2
    assert len(contents(db)) == 2


def test_who_is_to_fail_silently_says_so_in_the_log(
    db: Connection, caplog: pytest.LogCaptureFixture
) -> None:
    with transaction.atomic(), caplog.at_level(logging.ERROR, "holdshort"):
        assert EmailMessage(**WRITTEN, bcc=["eve@example.org"]).send(fail_silently=True) == 0
        assert mail.send_mail("Your order", "Paid.", None, ["ada@example.org"]) == 1

    assert "not held, and not sent: bcc" in caplog.text
    assert "eve@example.org" not in caplog.text
    assert len(contents(db)) == 1


def test_a_login_that_may_not_propose_is_told_so(dsn: str, db: Connection) -> None:
    with django_on(logins_of(dsn)["reader"]), pytest.raises(NotAllowed):
        EmailMessage(**WRITTEN).send()

    assert contents(db) == []


def test_a_site_without_a_name_is_told_what_to_set() -> None:
    with (
        override_settings(HOLDSHORT_PRODUCER=""),
        pytest.raises(ImproperlyConfigured, match="HOLDSHORT_PRODUCER"),
    ):
        EmailMessage(**WRITTEN).send()


def test_a_database_that_is_no_postgres_is_refused() -> None:
    lite = {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
    connections.databases["lite"] = connections.configure_settings({"default": lite})["default"]
    with (
        override_settings(HOLDSHORT_DATABASE="lite"),
        pytest.raises(ImproperlyConfigured, match="PostgreSQL with psycopg 3"),
    ):
        EmailMessage(**WRITTEN).send()
    connections["lite"].close()
