"""A connection may take more than one mail, and no mail is worse off for it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace

import pytest

from consumers.channels import Deferred, Delivered, Refused, Uncertain
from consumers.channels.smtp import Smtp
from consumers.channels.smtp.kept import Session
from outbox.errors import GateClosed
from tests.channels.conftest import Serve
from tests.channels.rig import MAIL, Rig, claim_of
from tests.channels.scripted_smtp import Act, Then

KEPT = dt.timedelta(minutes=1)


@contextmanager
def keeping(rig: Rig, keep_for: dt.timedelta = KEPT) -> Iterator[Smtp]:
    """A channel of this rig that keeps its connections."""
    with closing(Smtp(rig.smarthost, keep_for=keep_for, timeouts=rig.timeouts)) as channel:
        yield channel


def test_the_next_mail_goes_over_the_same_connection_after_a_reset(well: Rig) -> None:
    with keeping(well) as channel:
        outcomes = [channel.send(claim_of(MAIL), well.permits) for _ in range(3)]

    assert [type(outcome) for outcome in outcomes] == [Delivered] * 3
    assert (well.server.connections, len(well.server.mails), well.permits.asked) == (1, 3, 3)
    assert well.server.commands.count("RSET") == 2


def test_every_receipt_says_who_was_verified_and_how_long_ago(well: Rig) -> None:
    with keeping(well) as channel:
        first = channel.send(claim_of(MAIL), well.permits)
        second = channel.send(claim_of(MAIL), well.permits)

    assert isinstance(first, Delivered)
    assert isinstance(second, Delivered)
    for fact in ("address", "capabilities", "tls_version", "certificate_sha256"):
        assert second.evidence[fact] == first.evidence[fact]
    assert json.dumps(second.evidence["checks"]).count("certificate_and_name") == 1
    assert json.dumps(second.evidence["checks"]).count("login") == 1
    assert [outcome.evidence["connection_mails"] for outcome in (first, second)] == [0, 1]
    assert isinstance(second.evidence["connection_ms"], int)


@pytest.mark.parametrize("keep_for", [dt.timedelta(0), dt.timedelta(microseconds=1)], ids=str)
def test_a_connection_that_is_too_old_takes_no_more_mails(
    well: Rig, keep_for: dt.timedelta
) -> None:
    with keeping(well, keep_for) as channel:
        for _ in range(2):
            assert isinstance(channel.send(claim_of(MAIL), well.permits), Delivered)

    assert well.server.connections == len(well.server.mails) == 2
    assert "RSET" not in well.server.commands


@pytest.mark.parametrize(
    "act",
    [
        Act(then=Then.CLOSE),
        Act(then=Then.RESET),
        Act(b"421 4.4.2 idle for too long\r\n", Then.CLOSE),
        Act(b"500 what?\r\n", Then.CLOSE),
        Act(b"garbage\r\n", Then.CLOSE),
    ],
    ids=str,
)
def test_a_kept_connection_that_does_not_start_over_is_replaced_unnoticed(
    serve: Serve, act: Act
) -> None:
    with serve({"rset": act}) as rig, keeping(rig) as channel:
        outcomes = [channel.send(claim_of(MAIL), rig.permits) for _ in range(3)]

    assert [type(outcome) for outcome in outcomes] == [Delivered] * 3
    assert rig.server.connections == len(rig.server.mails) == rig.permits.asked == 3


def test_an_answer_that_nobody_asked_for_ends_a_kept_connection(serve: Serve) -> None:
    with serve({"dot": Act(b"250 ok\r\n250 and more\r\n")}) as rig, keeping(rig) as channel:
        for _ in range(2):
            channel.send(claim_of(MAIL), rig.permits)

    assert rig.server.connections == len(rig.server.mails) == 2
    assert "RSET" not in rig.server.commands


@pytest.mark.parametrize(
    ("script", "outcome"),
    [
        ({"rcpt1": Act(b"550 5.1.1 unknown\r\n")}, Refused),
        ({"mail": Act(b"451 later\r\n")}, Deferred),
        ({"dot": Act(b"550 5.7.1 spam\r\n")}, Refused),
        ({"dot": Act(b"451 4.3.2 down\r\n")}, Uncertain),
    ],
    ids=str,
)
def test_only_a_connection_that_took_its_mail_is_kept(
    serve: Serve, script: dict[str, Act], outcome: type[object]
) -> None:
    with serve(script) as rig, keeping(rig) as channel:
        for _ in range(2):
            assert type(channel.send(claim_of(MAIL), rig.permits)) is outcome

    assert rig.server.connections == 2


def test_a_mail_whose_permit_is_refused_leaves_nothing_for_the_next_one(well: Rig) -> None:
    def refuse() -> None:
        raise GateClosed("outbound_off")

    with keeping(well) as channel:
        channel.send(claim_of(MAIL), well.permits)
        with pytest.raises(GateClosed):
            channel.send(claim_of(MAIL), replace(well.permits, given=refuse))
        channel.send(claim_of(MAIL), well.permits)

    assert (well.server.connections, len(well.server.mails)) == (2, 2)


def test_what_is_too_old_is_hung_up_when_there_is_nothing_to_send(
    well: Rig, monkeypatch: pytest.MonkeyPatch
) -> None:
    with keeping(well) as channel:
        channel.send(claim_of(MAIL), well.permits)
        channel.let_go()
        assert "QUIT" not in well.server.commands

        monkeypatch.setattr(Session, "age", KEPT)
        channel.let_go()
        well.server.wait_for_the_end()

    assert well.server.commands[-1] == "QUIT"


def test_closing_hangs_up_everything(well: Rig) -> None:
    with keeping(well) as channel:
        channel.send(claim_of(MAIL), well.permits)
    well.server.wait_for_the_end()

    assert well.server.commands[-1] == "QUIT"
