"""Whom we talk to, as whom, and that nothing crosses the point of no return unpermitted."""

from __future__ import annotations

import base64
import datetime as dt
import json
import ssl
from dataclasses import replace

import pytest
import trustme

from consumers.channels import Delivered, Halted, Refused, Uncertain
from consumers.channels.smtp import Security, Smtp
from outbox.errors import GateClosed, HoldshortError, LeaseLost
from outbox.intent import digest_of
from tests.channels.conftest import Serve
from tests.channels.rig import (
    MAIL,
    PASSWORD,
    SECRET,
    SENDER,
    Authority,
    Rig,
    claim_of,
    serving,
)
from tests.channels.scripted_smtp import DOT, Act, Then

SECRETS = [
    PASSWORD.encode(),
    base64.b64encode(PASSWORD.encode()),
    base64.b64encode(f"\0agent\0{PASSWORD}".encode()),
]
YESTERDAY = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)


def ancient(context: ssl.SSLContext) -> ssl.SSLContext:
    """A server that knows TLS 1.1 and nothing later."""
    context.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.warns(DeprecationWarning, match="TLSv1_1"):
        context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


def impostor(kind: str, authority: Authority) -> ssl.SSLContext:
    match kind:
        case "wrong name":
            return authority.context("mail.example.org")
        case "other authority":
            return Authority(trustme.CA(), authority.file).context("localhost")
        case "expired":
            return authority.context("localhost", not_after=YESTERDAY)
        case _:
            return ancient(authority.context("localhost"))


@pytest.mark.parametrize("kind", ["wrong name", "other authority", "expired", "TLS 1.1"])
def test_a_server_that_cannot_prove_its_name_gets_neither_login_nor_mail(
    kind: str, security: Security, authority: Authority
) -> None:
    with serving(security, impostor(kind, authority), authority.file, {}) as rig:
        outcome = rig.send()

    assert isinstance(outcome, Halted), outcome
    assert (rig.permits.asked, rig.server.mails) == (0, [])
    assert not [c for c in rig.server.commands if c.startswith(("AUTH", "MAIL"))]


@pytest.mark.parametrize(
    "script",
    [
        {"plain_ehlo": Act(b"250-hi\r\n250 AUTH PLAIN\r\n")},
        {"plain_ehlo": Act(b"250 hi\r\n")},
        {"starttls": Act(b"502 what?\r\n")},
        {"starttls": Act(b"250 fine\r\n")},
        {"starttls": Act(b"220 go\r\n250-forged\r\n250 AUTH PLAIN\r\n")},
        {"starttls": Act(b"220 go\r\n2")},
    ],
    ids=["stripped", "nothing offered", "refused", "evaded", "injected", "one byte injected"],
)
def test_without_starttls_there_is_no_plaintext_way(
    script: dict[str, Act], authority: Authority, tls: ssl.SSLContext
) -> None:
    with serving(Security.STARTTLS, tls, authority.file, script) as rig:
        outcome = rig.send()

    assert isinstance(outcome, Halted), outcome
    assert (rig.permits.asked, rig.server.mails) == (0, [])
    assert [c.split()[0] for c in rig.server.commands] in (["EHLO"], ["EHLO", "STARTTLS"])


@pytest.mark.parametrize("senders", [set(), {"other@example.com"}, {"@example.com"}, {"*"}])
def test_a_login_sends_as_nobody_it_is_not_listed_for(well: Rig, senders: set[str]) -> None:
    well.smarthost = replace(well.smarthost, senders=frozenset(senders))

    outcome = well.send()

    assert isinstance(outcome, Refused)
    assert SENDER in outcome.reason
    assert (well.permits.asked, well.server.connections) == (0, 0)


def test_the_permit_is_asked_once_with_only_the_dot_missing(well: Rig) -> None:
    seen = []
    well.permits.given = lambda: seen.append(
        (well.server.wait_for_body(b"\r\nbye"), list(well.server.mails))
    )

    outcome = well.send()

    assert isinstance(outcome, Delivered)
    assert well.permits.asked == 1
    assert seen == [(well.server.mails[0], [])]


@pytest.mark.parametrize("error", [GateClosed("switch_off"), LeaseLost("taken")])
def test_a_permit_that_is_not_given_leaves_the_dot_unwritten(
    well: Rig, error: HoldshortError
) -> None:
    def refuse() -> None:
        raise error

    well.permits.given = refuse

    with pytest.raises(type(error)):
        well.send()

    well.server.wait_for_the_end()
    assert (well.permits.asked, well.server.mails) == (1, [])
    assert DOT not in well.server.wait_for_body(b"\r\nbye")


def test_bytes_that_the_digest_does_not_name_do_not_leave(well: Rig) -> None:
    claim = replace(claim_of(MAIL), digest="0" * 64)

    outcome = Smtp(well.smarthost).send(claim, well.permits)

    assert isinstance(outcome, Refused)
    assert well.server.connections == 0


def test_bytes_that_are_no_mail_do_not_leave(well: Rig) -> None:
    content = b'{"channel":"email","bcc":["eve@example.org"]}'
    claim = replace(claim_of(MAIL), content=content, digest=digest_of(content, SECRET))

    outcome = Smtp(well.smarthost).send(claim, well.permits)

    assert isinstance(outcome, Refused)
    assert well.server.connections == 0


@pytest.mark.parametrize("point", ["auth", "dot"])
@pytest.mark.parametrize("secret", SECRETS, ids=["plain", "LOGIN", "PLAIN"])
def test_a_server_that_repeats_the_password_does_not_get_it_into_evidence(
    serve: Serve, point: str, secret: bytes
) -> None:
    with serve({point: Act(b"550 no: " + secret + b"\r\n")}) as rig:
        outcome = rig.send()

    assert isinstance(outcome, Halted | Refused)
    assert secret.decode() not in json.dumps([outcome.reason, outcome.evidence])
    assert "[password]" in outcome.reason


def test_a_truncated_password_in_doubt_is_blacked_out_too(serve: Serve) -> None:
    with serve({"dot": Act(PASSWORD.encode(), Then.CLOSE)}) as rig:
        outcome = rig.send()

    assert isinstance(outcome, Uncertain)
    assert PASSWORD not in repr(outcome)
