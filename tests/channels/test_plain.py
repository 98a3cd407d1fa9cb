"""Whatever the quick reader takes, the thorough one reads as the same mail."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from consumers.channels.smtp.fidelity import difference
from consumers.channels.smtp.mime import compose
from consumers.channels.smtp.plain import text_of
from consumers.channels.smtp.thorough import other_fields, parts, read
from outbox.intent import Email
from outbox.mail import as_lines
from tests.channels.rig import MAIL, approved

NOW = dt.datetime(2026, 2, 3, 4, 5, 6, tzinfo=dt.UTC)
PLAIN = MAIL.model_copy(update={"cc": (), "text": "Dear Ada,\nyour invoice.\n"})
TRICKY = st.text(st.sampled_from("ab=?_ \\\"'.,:;<>()@[]\t-ä"), min_size=1, max_size=30)
TEXT = st.text(st.sampled_from("ab.= \n\t-ä"), min_size=1, max_size=200).filter(str.strip)


def made(email: Email, **changes: object) -> Email:
    return Email.model_validate({**email.model_dump(), **changes})


def test_a_plain_mail_is_read_quickly() -> None:
    for email in (PLAIN, MAIL, made(PLAIN, sender_name=""), made(PLAIN, text="Liebe Ädä\n")):
        meant = approved(email)
        final = compose(email, meant.headers.message_id, NOW)

        assert text_of(final, meant, NOW) == as_lines(email.text).encode()
        assert difference(final, meant, NOW) is None


@given(TRICKY, TRICKY, TEXT)
def test_what_is_read_quickly_is_read_thoroughly_as_the_same(
    subject: str, name: str, text: str
) -> None:
    try:
        email = made(PLAIN, subject=subject, sender_name=name, text=text)
    except ValidationError:
        return
    meant = approved(email)
    final = compose(email, meant.headers.message_id, NOW)
    quick = text_of(final, meant, NOW)
    if quick is None:
        return

    mail = read(final)

    assert list(other_fields(mail, final, meant, NOW)) == []
    assert list(parts(mail)) == [(None, quick)]


def test_of_a_head_with_one_other_octet_nothing_is_read() -> None:
    meant = approved(MAIL)
    final = compose(MAIL, meant.headers.message_id, NOW)

    for place in range(final.index(b"7bit")):
        changed = final[:place] + bytes([final[place] ^ 1]) + final[place + 1 :]
        assert text_of(changed, meant, NOW) is None


@pytest.mark.parametrize("field", ["subject", "sender_name", "to"])
def test_what_could_be_an_encoded_word_is_not_read_quickly_however_it_is_written(
    field: str,
) -> None:
    word = "=?utf-8?q?Bcc?="
    said = f"{word}@example.org" if field == "to" else word
    meant = approved(made(PLAIN, **{field: [said] if field == "to" else said}))
    plain = {"subject": PLAIN.subject, "sender_name": PLAIN.sender_name, "to": PLAIN.to[0]}
    final = compose(PLAIN, meant.headers.message_id, NOW)
    literally = final.replace(plain[field].encode(), said.encode(), 1)
    assert literally != final

    assert text_of(literally, meant, NOW) is None
    assert difference(literally, meant, NOW) is not None


@given(st.data())
def test_no_change_to_a_plain_mail_is_read_as_the_same(data: st.DataObject) -> None:
    meant = approved(PLAIN)
    final = compose(PLAIN, meant.headers.message_id, NOW)
    place = data.draw(st.integers(0, len(final) - 1))
    other = data.draw(st.integers(0, 255).filter(lambda octet: octet != final[place]))
    changed = final[:place] + bytes([other]) + final[place + 1 :]

    assert difference(changed, meant, NOW) is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"subject": "=?utf-8?q?Bcc?="},
        {"subject": "Rechnung für Ada"},
        {"subject": " Your invoice"},
        {"subject": "Your  invoice"},
        {"subject": "Your invoice, " * 10},
        {"sender_name": 'The "Agent"'},
        {"sender_name": "The\\Agent"},
        {"sender_name": "=?utf-8?q?Agent?="},
        {"sender_name": "Agent "},
        {"to": ["ädä@example.org"]},
        {"to": ["a'b@example.org"]},
        {"html": "<p>Dear Ada</p>"},
        {"attachments": [{"filename": "a", "media_type": "a/b", "content": b"aGk="}]},
    ],
)
def test_what_is_not_plain_is_left_to_the_thorough_reader(changes: dict[str, object]) -> None:
    email = made(PLAIN, **changes)
    meant = approved(email)
    final = compose(email, meant.headers.message_id, NOW)

    assert text_of(final, meant, NOW) is None
    assert difference(final, meant, NOW) is None
