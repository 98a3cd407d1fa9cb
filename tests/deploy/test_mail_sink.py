"""The mail server of this machine: strict at the door, exact in its count."""

from __future__ import annotations

import hashlib
import smtplib
import ssl

import pytest

from deploy.local.sink import MailSink, SmtpEndpoint

MAIL = (
    b"Message-ID: <1@example.org>\r\nSubject: hi\r\n\r\n.a dot\r\n..two\r\n\xff and 8 bits\r\n"
)
SENDER, RECIPIENT = "agent@example.com", "ada@example.org"


def connect(endpoint: SmtpEndpoint) -> smtplib.SMTP:
    client = smtplib.SMTP(endpoint.host, endpoint.port, timeout=10)
    client.ehlo()
    return client


def connect_over_tls(endpoint: SmtpEndpoint) -> smtplib.SMTP:
    client = connect(endpoint)
    client.starttls(context=ssl.create_default_context(cafile=endpoint.ca_file))
    client.ehlo()
    return client


def hand_in(sink: MailSink, mail: bytes = MAIL) -> None:
    with connect_over_tls(sink.endpoint) as client:
        client.login(sink.endpoint.login, sink.endpoint.password)
        client.sendmail(SENDER, [RECIPIENT], mail)


def test_the_sink_refuses_mail_without_tls(sink: MailSink) -> None:
    with connect(sink.endpoint) as client:
        assert client.mail(SENDER)[0] == 530
        assert "auth" not in client.esmtp_features


def test_the_sink_refuses_mail_without_the_password(sink: MailSink) -> None:
    with connect_over_tls(sink.endpoint) as client:
        assert client.mail(SENDER)[0] == 530
        with pytest.raises(smtplib.SMTPAuthenticationError):
            client.login(sink.endpoint.login, "guess")
        assert client.mail(SENDER)[0] == 530


def test_the_sink_proves_who_it_is_only_to_who_trusts_its_authority(sink: MailSink) -> None:
    with connect(sink.endpoint) as client, pytest.raises(ssl.SSLCertVerificationError):
        client.starttls(context=ssl.create_default_context())


@pytest.mark.parametrize("mechanism", ["PLAIN", "LOGIN"])
def test_the_sink_knows_both_ways_to_log_in(sink: MailSink, mechanism: str) -> None:
    with connect_over_tls(sink.endpoint) as client:
        client.user, client.password = sink.endpoint.login, sink.endpoint.password
        answer = client.auth(mechanism, getattr(client, f"auth_{mechanism.lower()}"))
        assert answer[0] == 235


def test_the_sink_counts_what_it_accepted_before_it_says_so(sink: MailSink) -> None:
    hand_in(sink)
    sink.kill()
    (accepted,) = sink.accepted()
    assert accepted.message_id == "<1@example.org>"
    assert (accepted.mail_from, accepted.rcpt_to) == (SENDER, [RECIPIENT])
    assert accepted.bytes_sha256 == hashlib.sha256(MAIL).hexdigest()
    assert sink.raw(1) == MAIL


def test_the_sink_does_not_say_yes_to_what_it_cannot_count(sink: MailSink) -> None:
    (sink.endpoint.ca_file.parent / "accepted.jsonl").mkdir()
    with pytest.raises(smtplib.SMTPDataError):
        hand_in(sink)


def test_the_sink_counts_on_after_it_was_killed(sink: MailSink) -> None:
    hand_in(sink)
    sink.kill()
    sink.start()
    hand_in(sink, MAIL.replace(b"<1@", b"<2@"))
    assert [accepted.message_id for accepted in sink.accepted()] == [
        "<1@example.org>",
        "<2@example.org>",
    ]
    assert b"<2@" in sink.raw(2)


def test_the_sink_refuses_what_is_too_large_before_a_byte_of_it(sink: MailSink) -> None:
    with connect_over_tls(sink.endpoint) as client:
        client.login(sink.endpoint.login, sink.endpoint.password)
        assert client.mail(SENDER, [f"SIZE={33 * 1024 * 1024}"])[0] == 552
