"""The outcome table against a server that we did not write, over both ways to TLS."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from consumers.channels import Deferred, Delivered, Outcome, Refused, Uncertain
from consumers.channels.smtp import Security, Smarthost, Smtp
from deploy.local.ports import LOOPBACK
from outbox.errors import LeaseLost
from outbox.intent import Email
from tests.channels.rig import GENEROUS, MAIL, SENDER, Permits, claim_of
from tests.parts.postfix import Postfix, missing

AT_RCPT = {
    "nobody@example.org": "550 5.1.1 no such mailbox",
    "later@example.org": "450 4.2.0 greylisted",
    "closing@example.org": "421 4.3.2 shutting down",
}
AT_THE_DOT = {
    "spam@example.org": "554 5.7.1 not this",
    "busy@example.org": "451 4.3.0 out of memory",
    "closed@example.org": "421 4.3.2 shutting down",
}
LARGEST = 50_000


def access(answers: dict[str, str]) -> str:
    rows = ", ".join(f"{{ {recipient} = {answer} }}" for recipient, answer in answers.items())
    return f"check_recipient_access inline:{{ {rows} }}"


def mail(recipient: str, text: str = "Dear Ada,\n") -> Email:
    return MAIL.model_copy(update={"to": (recipient,), "cc": (), "text": text})


@pytest.fixture(scope="module")
def strict() -> Iterator[Postfix]:
    """A Postfix that refuses some; how large a mail may be, it does not say before."""
    if why := missing():
        pytest.skip(why)
    settings = {
        "smtpd_recipient_restrictions": access(AT_RCPT),
        "smtpd_end_of_data_restrictions": access(AT_THE_DOT),
        "message_size_limit": str(LARGEST),
        "smtpd_discard_ehlo_keywords": "size",
    }
    with TemporaryDirectory(prefix="holdshort-") as directory:
        Path(directory).chmod(0o711)
        with Postfix(Path(directory) / "postfix", **settings) as server:
            yield server


def smarthost_of(server: Postfix, security: Security) -> Smarthost:
    known = server.known
    implicit = security is Security.IMPLICIT_TLS
    return Smarthost(
        host=LOOPBACK,
        port=known.smtps_port if implicit else known.starttls_port,
        security=security,
        login=known.login,
        password=known.password,
        ca_file=known.ca_file,
        senders=frozenset({SENDER}),
    )


def sent(server: Postfix, security: Security, email: Email, permits: Permits) -> Outcome:
    channel = Smtp(smarthost_of(server, security), timeouts=GENEROUS)
    return channel.send(claim_of(email), permits)


def test_what_it_accepts_is_in_its_log_once(strict: Postfix, security: Security) -> None:
    before = len(strict.accepted())

    outcome = sent(strict, security, MAIL, Permits())

    assert isinstance(outcome, Delivered), outcome
    [taken] = strict.accepted()[before:]
    assert taken.message_id == outcome.evidence["message_id"]


@pytest.mark.parametrize(
    ("recipient", "meant"),
    [
        ("nobody@example.org", Refused),
        ("later@example.org", Deferred),
        ("closing@example.org", Deferred),
    ],
)
def test_a_recipient_it_refuses_costs_no_permit(
    strict: Postfix, security: Security, recipient: str, meant: type[Outcome]
) -> None:
    before, permits = len(strict.accepted()), Permits()

    outcome = sent(strict, security, mail(recipient), permits)

    assert type(outcome) is meant, outcome
    assert (permits.asked, len(strict.accepted()) - before) == (0, 0)


@pytest.mark.parametrize(
    ("email", "code", "meant"),
    [
        (mail("spam@example.org"), "554 5.7.1", Refused),
        (mail("busy@example.org"), "451 4.3.0", Refused),
        (mail("closed@example.org"), "421 4.3.2", Uncertain),
        (mail("ada@example.org", "A line.\n" * LARGEST), "552 5.3.4", Refused),
    ],
    ids=["554", "451", "421", "552"],
)
def test_what_it_says_to_the_dot_decides(
    strict: Postfix, security: Security, email: Email, code: str, meant: type[Outcome]
) -> None:
    before, permits = len(strict.accepted()), Permits()

    outcome = sent(strict, security, email, permits)

    assert type(outcome) is meant, outcome
    assert code in str(outcome)
    assert (permits.asked, len(strict.accepted()) - before) == (1, 0)


def test_a_whole_body_without_its_dot_is_no_mail(strict: Postfix, security: Security) -> None:
    def lost() -> None:
        raise LeaseLost("taken away meanwhile")

    before = len(strict.accepted())

    with pytest.raises(LeaseLost):
        sent(strict, security, MAIL, Permits(lost))

    assert len(strict.accepted()) == before


def test_a_server_that_dies_before_the_dot_leaves_doubt_though_nothing_came(
    postfix: Postfix, security: Security
) -> None:
    outcome = sent(postfix, security, MAIL, Permits(postfix.kill))

    assert isinstance(outcome, Uncertain), outcome
    postfix.start()
    assert postfix.accepted() == []
