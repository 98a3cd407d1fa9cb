"""Django's mails as ours: what comes along, and what is refused by its name."""

from __future__ import annotations

import email.mime.text
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives

from outbox.errors import BadArtifact
from outbox.store import Connection
from tests.adapters.djangos import django_on
from tests.adapters.test_django import WRITTEN, contents


@pytest.fixture(autouse=True)
def site(agents: str) -> Iterator[None]:
    with django_on(agents):
        yield


def test_both_texts_copies_and_files_come_along(db: Connection) -> None:
    written = EmailMultiAlternatives(**WRITTEN, cc=["bob@example.org"])
    written.attach_alternative("<p>It is on its way.</p>", "text/html")
    written.attach("bill.pdf", b"%PDF", "application/pdf")
    written.attach("bill.txt", "12 €", "text/plain")

    assert written.send() == 1

    [content] = contents(db)
    assert (content["text"], content["html"]) == (
        "It is on its way.",
        "<p>It is on its way.</p>",
    )
    assert content["cc"] == ["bob@example.org"]
    assert content["attachments"] == [
        {"filename": "bill.pdf", "media_type": "application/pdf", "content": "JVBERg=="},
        {"filename": "bill.txt", "media_type": "text/plain", "content": "MTIg4oKs"},
    ]


def test_a_mail_of_html_alone_stays_one(db: Connection) -> None:
    written = EmailMessage(**{**WRITTEN, "body": "<p>Hello</p>"})
    written.content_subtype = "html"

    written.send()

    [content] = contents(db)
    assert (content["text"], content["html"]) == ("", "<p>Hello</p>")


class Sealed(EmailMessage):  # type: ignore[misc]  # Django ships no types
    def message(self) -> Any:
        return super().message()


def crafted() -> EmailMessage:
    made = EmailMessage(**WRITTEN)
    made.attach(email.mime.text.MIMEText("by hand"))
    return made


def calendar() -> EmailMessage:
    made = EmailMultiAlternatives(**WRITTEN)
    made.attach_alternative("BEGIN:VCALENDAR", "text/calendar")
    return made


@pytest.mark.parametrize(
    ("written", "named"),
    [
        (lambda: EmailMessage(**WRITTEN, bcc=["eve@example.org"]), "bcc"),
        (lambda: EmailMessage(**WRITTEN, reply_to=["help@example.org"]), "reply_to"),
        (lambda: EmailMessage(**WRITTEN, headers={"List-Id": "x"}), "headers.List-Id"),
        (lambda: EmailMessage(**WRITTEN, headers={"From": "a@example.com"}), "headers.From"),
        (lambda: EmailMessage(**{**WRITTEN, "to": ["Ada <ada@example.org>"]}), "to, a name"),
        (lambda: Sealed(**WRITTEN), "Sealed.message"),
        (crafted, "attachments.0"),
        (calendar, "a body of calendar"),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_what_cannot_be_said_is_refused_by_its_name_and_nothing_is_left_out(
    db: Connection, written: Callable[[], EmailMessage], named: str
) -> None:
    with pytest.raises(BadArtifact, match=f"^{named}"):
        written().send()

    assert contents(db) == []
