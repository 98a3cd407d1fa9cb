"""The last check before the wire finds whatever was not approved."""

from __future__ import annotations

import datetime as dt

import pytest

from consumers.channels.smtp.fidelity import difference
from consumers.channels.smtp.mime import compose
from tests.channels.rig import MAIL, approved

NOW = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
APPROVED = approved(MAIL)
IDENTITY = APPROVED.headers.message_id


@pytest.mark.parametrize(
    "name", ["Bcc", "Sender", "Reply-To", "Resent-To", "Return-Path", "From"]
)
def test_a_header_that_nobody_approved_is_found(name: str) -> None:
    final = f"{name}: eve@example.org\r\n".encode() + compose(MAIL, IDENTITY, NOW)

    assert "headers" in str(difference(final, APPROVED, NOW))


@pytest.mark.parametrize(
    ("approved", "changed"),
    [
        (b"ada@example.org", b"eve@example.org"),
        (b"Subject: Your", b"Subject: Youx"),
        (b"The Agent", b"The Other"),
        (b"<agent@", b"<other@"),
        (b"<7.2.", b"<7.3."),
        (b"hidden", b"hiddem"),
        (b"text/plain", b"text/html"),
        (b"\r\nbye", b"\nbye"),
        (b"\r\nbye", b"\rbye"),
        (b"bye", b"b\0e"),
        (b"bye", b"b\xffe"),
        (b"bye", b"b" * 999),
        (b"12:00:00", b"12:00:01"),
    ],
)
def test_any_change_to_the_final_bytes_is_found(approved: bytes, changed: bytes) -> None:
    final = compose(MAIL, IDENTITY, NOW)
    assert approved in final

    assert difference(final.replace(approved, changed, 1), APPROVED, NOW)


@pytest.mark.parametrize("bytes_of_two_minds", [b"\n", b"\r", b"\r\r\n", b"\0"])
def test_bytes_that_servers_read_in_two_ways_are_named(bytes_of_two_minds: bytes) -> None:
    final = compose(MAIL, IDENTITY, NOW).replace(b"\r\nbye", bytes_of_two_minds + b"bye")

    assert "bare" in str(difference(final, APPROVED, NOW))


@pytest.mark.parametrize(
    ("approved", "changed"),
    [
        (b'charset="utf-8"', b'charset="utf-7"'),
        (b"Subject: ", b"Subject:"),
        (b"7bit", b"8bit"),
    ],
)
def test_another_spelling_of_the_same_is_found(approved: bytes, changed: bytes) -> None:
    final = compose(MAIL, IDENTITY, NOW)
    assert approved in final

    said = difference(final.replace(approved, changed, 1), APPROVED, NOW)

    assert said == "it reads as what was approved, but is spelled otherwise"


def test_nothing_hides_between_the_parts() -> None:
    mail = MAIL.model_copy(update={"html": "<p>Dear Ada</p>"})
    final = compose(mail, approved(mail).headers.message_id, NOW)
    hidden = final.replace(b"\r\n\r\n--=_", b"\r\n\r\nhidden\r\n--=_", 1)
    assert hidden != final

    assert difference(final, approved(mail), NOW) is None
    assert "spelled otherwise" in str(difference(hidden, approved(mail), NOW))


def test_what_no_reader_can_read_is_found() -> None:
    final = compose(MAIL, IDENTITY, NOW)

    assert difference(final.replace(b"<agent@example.com>", b"=?utf-8?q?=C3?="), APPROVED, NOW)
