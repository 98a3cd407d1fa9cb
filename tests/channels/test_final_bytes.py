"""What arrives is what was approved; what cannot arrive so is refused with a reason."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consumers.channels import Delivered, Refused
from consumers.channels.smtp.fidelity import difference
from consumers.channels.smtp.mime import compose
from outbox.intent import Attachment, Email, digest_of
from outbox.mail import as_lines
from tests.channels.conftest import Serve
from tests.channels.rig import MAIL, SECRET, Rig, approved, claim_of
from tests.channels.scripted_smtp import Act

NOW = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
ATTACK = "=?utf-8?q?Hello=0D=0ABcc:_eve@example.org=0D=0AX-Eve:?="
ALLOWED = {"From", "To", "Cc", "Subject", "Date", "Message-ID", "MIME-Version"}
CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
TEXTS = st.text(CHARACTERS, min_size=1, max_size=300).filter(str.strip)
LINES = st.one_of(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=120
    ),
    st.lists(
        st.sampled_from(["=?utf-8?q?=0ABcc:?=", "=?", "?=", " ", "  ", ",", ";", '"', "\\", "<",
                         ">", "(", ")", "@", ":", "é", "😀", "%", "'", "=", "word"]),
        min_size=1, max_size=30,
    ).map("".join),
)  # fmt: skip


def mail(**changes: object) -> Email:
    return Email.model_validate(MAIL.model_dump() | {"attachments": ()} | changes)


def attachment(name: str, content: bytes, media_type: str = "text/csv") -> Attachment:
    return Attachment(filename=name, media_type=media_type, content=base64.b64encode(content))


def arrived(rig: Rig) -> bytes:
    """The mail as the server keeps it."""
    return rig.server.mails[0].replace(b"\r\n..", b"\r\n.") + b"\r\n"


def read(content: bytes) -> EmailMessage:
    return message_from_bytes(content, EmailMessage, policy=policy.SMTP)


def names(content: bytes) -> list[str]:
    """Header names by a plain scan of lines."""
    lines = content.partition(b"\r\n\r\n")[0].decode().split("\r\n")
    return [line.partition(":")[0] for line in lines if line[:1] not in (" ", "\t")]


def check(email: Email) -> str | None:
    meant = approved(email)
    return difference(compose(email, meant.headers.message_id, NOW), meant, NOW)


def test_what_arrives_is_what_was_approved(well: Rig) -> None:
    email = mail(html="<p>Dear Ada</p>", attachments=(attachment("résumé.csv", b"a;b\n.\n"),))

    outcome = well.send(email)

    assert isinstance(outcome, Delivered)
    got = read(arrived(well))
    text, html = got.get_body(("plain",)), got.get_body(("html",))
    assert text is not None
    assert text.get_content() == as_lines(email.text)
    assert html is not None
    assert html.get_content() == "<p>Dear Ada</p>\r\n"
    (sheet,) = got.iter_attachments()
    assert sheet.get_filename() == "résumé.csv"
    assert sheet.get_payload(decode=True) == b"a;b\n.\n"
    assert set(names(arrived(well))) == ALLOWED | {"Content-Type"}


def test_the_evidence_names_the_bytes_that_arrived(well: Rig) -> None:
    outcome = well.send()

    assert isinstance(outcome, Delivered)
    assert outcome.evidence["final_size"] == len(arrived(well))
    arrived_digest = digest_of(hashlib.sha256(arrived(well)).digest(), SECRET)
    assert outcome.evidence["final_digest"] == arrived_digest


def test_lines_of_dots_survive_the_journey(well: Rig) -> None:
    well.send(mail(text=".\n..\n...\n.a\n\n.\n"))

    assert b"\r\n\r\n..\r\n...\r\n....\r\n..a\r\n\r\n.." in well.server.mails[0]
    assert arrived(well).endswith(b"\r\n\r\n.\r\n..\r\n...\r\n.a\r\n\r\n.\r\n")


@pytest.mark.parametrize("field", ["subject", "sender_name"])
def test_an_encoded_word_is_a_text_like_any_other(well: Rig, field: str) -> None:
    outcome = well.send(mail(**{field: ATTACK}))

    assert isinstance(outcome, Delivered)
    assert not {"Bcc", "X-Eve"} & set(names(arrived(well)))
    assert b"eve@example.org" not in arrived(well)
    assert len([c for c in well.server.commands if c.startswith("RCPT")]) == len(
        MAIL.recipients
    )


@settings(max_examples=100, deadline=None)
@given(subject=LINES, name=LINES, text=TEXTS, html=TEXTS, filename=LINES, content=st.binary())
def test_every_mail_that_can_be_approved_can_be_delivered_as_it_is(
    subject: str, name: str, text: str, html: str, filename: str, content: bytes
) -> None:
    email = mail(
        subject=subject,
        sender_name=name,
        text=text,
        html=html,
        attachments=(attachment(filename, content),),
    )

    assert check(email) is None


@pytest.mark.parametrize(
    "text",
    ["x" * 5000, "é" * 5000, "trailing \n", "a\rb", "tab\t\n", "\x0b\x0c\x1b", "\n\n", "=20"],
)
def test_texts_that_mail_likes_to_mangle_arrive(well: Rig, text: str) -> None:
    outcome = well.send(mail(text=text, html="<p>hi</p>"))

    assert isinstance(outcome, Delivered)
    body = read(arrived(well)).get_body(("plain",))
    assert body is not None
    assert body.get_payload(decode=True) == as_lines(text).encode()
    assert max(map(len, arrived(well).split(b"\r\n"))) <= 78


@pytest.mark.parametrize(
    "kind", ["message/rfc822", "multipart/mixed", "message/delivery-status"]
)
def test_an_attachment_that_is_a_message_is_refused(well: Rig, kind: str) -> None:
    outcome = well.send(mail(attachments=(attachment("a.eml", b"Bcc: eve", kind),)))

    assert isinstance(outcome, Refused)
    assert "application/octet-stream" in outcome.reason
    assert well.server.connections == 0


def test_an_address_beyond_ascii_needs_a_server_that_takes_it(well: Rig) -> None:
    outcome = well.send(mail(to=("jürgen@example.org",)))

    assert isinstance(outcome, Refused)
    assert "beyond ASCII" in outcome.reason
    assert well.server.mails == []


def test_an_address_beyond_ascii_goes_where_it_is_taken(serve: Serve) -> None:
    offer = b"250-hi\r\n250-SMTPUTF8\r\n250-8BITMIME\r\n250 AUTH PLAIN\r\n"
    with serve({"ehlo": Act(offer)}) as rig:
        outcome = rig.send(mail(to=("jürgen@bücher.example",)))

    assert isinstance(outcome, Delivered)
    assert "RCPT TO:<jürgen@xn--bcher-kva.example>" in rig.server.commands
    assert "To: jürgen@xn--bcher-kva.example\r\n".encode() in arrived(rig)


def test_a_domain_beyond_ascii_needs_nothing_special(well: Rig) -> None:
    outcome = well.send(mail(to=("ada@bücher.example",)))

    assert isinstance(outcome, Delivered)
    assert "RCPT TO:<ada@xn--bcher-kva.example>" in well.server.commands


def test_the_same_version_of_an_intent_always_has_the_same_message_id() -> None:
    identity = approved(MAIL).headers.message_id

    assert identity == f"<7.2.{claim_of(MAIL).digest[:16]}@example.com>"
