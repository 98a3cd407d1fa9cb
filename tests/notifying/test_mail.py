"""A notification by mail: over verified TLS, to one address, and told only if it was taken."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from pathlib import Path

import pytest
import trustme

from consumers.channels import Delivered
from consumers.channels.smtp import Security, Smarthost
from consumers.notifying.mail import Mail
from consumers.notifying.message import Message, message
from consumers.notifying.outcome import Told, Untold
from deploy.local.sink import MailSink
from outbox.notices import Kind, Notice
from tests.channels.behaviours import (
    AFTER_THE_DOT,
    BEFORE_THE_DOT,
    BEFORE_THE_MAIL,
    HANG,
    Behaviour,
)
from tests.channels.rig import PASSWORD, Authority, Rig, serving
from tests.channels.scripted_smtp import Act

HOUSE = "holdshort@house.example"
OF_SEVERAL = "rcpt2"
"""A second recipient, whom a notification never has."""
BEHAVIOURS = [
    one
    for one in (*BEFORE_THE_MAIL, *BEFORE_THE_DOT, *AFTER_THE_DOT)
    if OF_SEVERAL not in one.script
]
SECOND = dt.timedelta(seconds=1)


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    ca, file = trustme.CA(), tmp_path_factory.mktemp("authority") / "ca.pem"
    ca.cert_pem.write_to_path(str(file))
    return Authority(ca, file)


@pytest.fixture(params=list(Security))
def well(request: pytest.FixtureRequest, authority: Authority) -> Iterator[Rig]:
    tls = authority.context("localhost")
    with serving(request.param, tls, authority.file, {}) as rig:
        yield rig


def a_message() -> Message:
    now = dt.datetime.now(dt.UTC)
    return message(
        "on-call", [Notice(Kind.STRANDED, 7, "stranded", now)], "https://console.example", now
    )


def mail(smarthost: Smarthost, *, within: dt.timedelta = 10 * SECOND) -> Mail:
    return Mail(smarthost, HOUSE, "ada@house.example", within=within)


def test_the_mail_sink_takes_it_as_it_was_meant(sink: MailSink) -> None:
    end = sink.endpoint
    smarthost = Smarthost.from_url(end.url, ca_file=end.ca_file)

    assert mail(smarthost).tell(a_message()) == Told()

    [taken] = sink.accepted()
    assert (taken.mail_from, taken.rcpt_to) == (HOUSE, ["ada@house.example"])
    got = message_from_bytes(sink.raw(1), policy=policy.default)
    assert got["Subject"] == "Holdshort: 1 stranded"
    assert got["Auto-Submitted"] == "auto-generated"
    assert (
        "  7  stranded for a moment  https://console.example/intents/7\n"
        in got.get_content().replace("\r\n", "\n")
    )


@pytest.mark.parametrize("behaviour", BEHAVIOURS, ids=lambda b: b.name)
def test_only_a_whole_yes_after_the_dot_is_told(
    authority: Authority, behaviour: Behaviour
) -> None:
    tls = authority.context("localhost")
    with serving(Security.IMPLICIT_TLS, tls, authority.file, behaviour.script) as rig:
        within = SECOND if behaviour.slow else 10 * SECOND
        outcome = mail(rig.smarthost, within=within).tell(a_message())

    expected = Told if behaviour.outcome is Delivered else Untold
    assert type(outcome) is expected, outcome


def test_whom_it_cannot_verify_it_tells_nothing(well: Rig, tmp_path: Path) -> None:
    stranger = tmp_path / "stranger.pem"
    trustme.CA().cert_pem.write_to_path(str(stranger))
    others = (
        replace(well.smarthost, ca_file=stranger),
        replace(well.smarthost, host="127.0.0.1"),
    )

    outcomes = [mail(other).tell(a_message()) for other in others]

    assert [type(outcome) for outcome in outcomes] == [Untold, Untold]
    assert "AUTH" not in "".join(well.server.commands)
    assert well.server.mails == []


def test_all_phases_together_take_no_longer_than_they_may(authority: Authority) -> None:
    tls = authority.context("localhost")
    with serving(Security.STARTTLS, tls, authority.file, {"dot": HANG}) as rig:
        began = time.monotonic()
        outcome = mail(rig.smarthost, within=SECOND).tell(a_message())

    assert isinstance(outcome, Untold)
    assert time.monotonic() - began < 5


def test_a_reason_never_has_the_password(authority: Authority) -> None:
    tls = authority.context("localhost")
    said = f"535 what is {PASSWORD}?\r\n".encode()
    script = {"auth": Act(said)}
    with serving(Security.IMPLICIT_TLS, tls, authority.file, script) as rig:
        outcome = mail(rig.smarthost).tell(a_message())

    assert outcome == Untold("auth: 535 what is [password]?")


def test_where_nobody_listens_nobody_is_told(authority: Authority) -> None:
    tls = authority.context("localhost")
    with serving(Security.STARTTLS, tls, authority.file, {}) as rig:
        pass

    outcome = mail(rig.smarthost).tell(a_message())

    assert isinstance(outcome, Untold)
    assert outcome.reason.startswith("connect: ")
