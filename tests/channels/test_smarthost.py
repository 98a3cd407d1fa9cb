"""Where mail is handed in: read strictly, and the password never shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from consumers.channels.smtp import Security, Smarthost, Smtp
from outbox.errors import BadSettings


def test_an_address_says_how_tls_begins_and_who_logs_in() -> None:
    implicit = Smarthost.from_url("smtps://agent%40example.com:p%40ss%2F@mail.example.com")
    starttls = Smarthost.from_url("smtp+starttls://agent:pass@mail.example.com:2587/")

    assert (implicit.security, implicit.port) == (Security.IMPLICIT_TLS, 465)
    assert (implicit.login, implicit.password) == ("agent@example.com", "p@ss/")
    assert (starttls.security, starttls.port) == (Security.STARTTLS, 2587)


def test_a_login_without_senders_may_send_nothing() -> None:
    smarthost = Smarthost.from_url("smtps://agent:pass@mail.example.com")

    assert smarthost.senders == frozenset()


def test_senders_are_compared_as_mail_compares_them() -> None:
    smarthost = Smarthost.from_url(
        "smtps://agent:pass@mail.example.com", senders=["Agent@EXAMPLE.com"]
    )

    assert smarthost.senders == {"Agent@example.com"}


@pytest.mark.parametrize(
    "url",
    [
        "smtp://agent:hunter2@mail.example.com",
        "http://agent:hunter2@mail.example.com",
        "mail.example.com",
        "smtps://agent:hun/ter2@mail.example.com",
        "smtps://agent:hunter2#@mail.example.com",
        "smtps://agent:hunter2@mail.example.com:99999",
        "smtps://agent:hunter2@mail.example.com/inbox",
        "smtps://agent:hunter2@mail.example.com?starttls=no",
        "smtps://agent:hunter2@[mail.example.com",
        "smtps://agent:hunter2@mail..example.com",
        "smtps://agent:hunter2%00@mail.example.com",
        "smtps://agent:hunter2@",
        "smtps://agent@mail.example.com",
        "smtps://:hunter2@mail.example.com",
        "smtps://mail.example.com",
    ],
)
def test_anything_else_is_refused_without_showing_the_password(url: str) -> None:
    with pytest.raises(BadSettings) as refusal:
        Smarthost.from_url(url)

    shown = f"{refusal.value} {refusal.value.hint} {refusal.value.__cause__}"
    assert "hun" not in shown
    assert "ter2" not in shown


def test_a_sender_that_is_no_address_is_refused() -> None:
    with pytest.raises(BadSettings, match="no-address"):
        Smarthost.from_url("smtps://agent:pass@mail.example.com", senders=["no-address"])


def test_the_password_is_in_no_representation() -> None:
    smarthost = Smarthost.from_url("smtps://agent:hunter2@mail.example.com")

    assert "hunter2" not in f"{smarthost} {smarthost!r}"


def test_authorities_that_cannot_be_read_are_refused_at_once(tmp_path: Path) -> None:
    url = "smtps://agent:pass@mail.example.com"

    with pytest.raises(BadSettings, match=r"missing\.pem"):
        Smtp(Smarthost.from_url(url, ca_file=tmp_path / "missing.pem"))
