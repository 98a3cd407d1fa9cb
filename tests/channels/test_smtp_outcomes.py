"""Every row of the outcome table, over both ways to TLS."""

from __future__ import annotations

import base64
import datetime as dt
import json
import socket
from dataclasses import replace

import pytest

from consumers.channels import Deferred, Delivered, Refused, Uncertain
from consumers.channels.smtp import Timeouts
from consumers.channels.smtp.events import Event, Phase
from consumers.channels.smtp.verdict import VERDICTS
from outbox.intent import Attachment
from tests.channels.behaviours import (
    AFTER_THE_DOT,
    BEFORE_THE_DOT,
    BEFORE_THE_MAIL,
    DURING_THE_BODY,
    Behaviour,
)
from tests.channels.conftest import Serve
from tests.channels.rig import GENEROUS, MAIL, Rig
from tests.channels.scripted_smtp import DOT, EHLO, Act, Then

AT_ONCE = b"250-at your service\r\n250-PIPELINING\r\n" + EHLO.partition(b"\r\n")[2]
IMPATIENT = dt.timedelta(milliseconds=150)
LARGE = MAIL.model_copy(
    update={
        "attachments": (
            Attachment(
                filename="large.bin",
                media_type="application/octet-stream",
                content=base64.b64encode(bytes(4 * 2**20)),
            ),
        )
    }
)


@pytest.fixture(params=["one_by_one", "at_once"])
def serve(request: pytest.FixtureRequest, serve: Serve) -> Serve:
    """Each way in which a server may take commands."""
    if request.param == "one_by_one":
        return serve
    return lambda script, *more: serve({"ehlo": Act(AT_ONCE), **script}, *more)


def timeouts(behaviour: Behaviour) -> Timeouts:
    """Patience only where it is not what the case is about."""
    return replace(GENEROUS, **dict.fromkeys(behaviour.slow, IMPATIENT))


@pytest.mark.parametrize("behaviour", BEFORE_THE_MAIL + BEFORE_THE_DOT, ids=lambda b: b.name)
def test_before_the_dot_nothing_leaves_and_nothing_is_uncertain(
    serve: Serve, behaviour: Behaviour
) -> None:
    with serve(behaviour.script, timeouts(behaviour)) as rig:
        outcome = rig.send()

    assert type(outcome) is behaviour.outcome, outcome
    delivered = behaviour.outcome is Delivered
    assert (rig.permits.asked, len(rig.server.mails)) == (delivered, delivered)


@pytest.mark.parametrize("behaviour", AFTER_THE_DOT, ids=lambda b: b.name)
def test_after_the_dot_only_a_whole_answer_is_believed(
    serve: Serve, behaviour: Behaviour
) -> None:
    with serve(behaviour.script, timeouts(behaviour)) as rig:
        outcome = rig.send()

    assert type(outcome) is behaviour.outcome, outcome
    assert (rig.permits.asked, len(rig.server.mails)) == (1, 1)


@pytest.mark.parametrize("behaviour", DURING_THE_BODY, ids=lambda b: b.name)
def test_a_body_that_is_not_taken_whole_never_gets_its_dot(
    serve: Serve, behaviour: Behaviour
) -> None:
    with serve(behaviour.script, timeouts(behaviour)) as rig:
        outcome = rig.send(LARGE)

    assert type(outcome) is behaviour.outcome, outcome
    assert (rig.permits.asked, rig.server.mails) == (0, [])


def test_when_one_recipient_is_refused_the_others_get_nothing(serve: Serve) -> None:
    with serve({"rcpt1": Act(b"550 5.1.1 unknown\r\n")}) as rig:
        outcome = rig.send()
        rig.server.wait_for_the_end()

    assert isinstance(outcome, Refused)
    assert "ada@example.org" in outcome.reason
    # Said at once, DATA has been heard: nothing is said after it, and that is no mail.
    assert (rig.server.commands[-2:] == ["RSET", "QUIT"]) != ("DATA" in rig.server.commands)
    assert rig.server.wait_for_body(b"") == b""
    assert rig.server.mails == []


def test_where_commands_are_taken_at_once_an_answer_too_many_is_no_verdict(
    serve: Serve,
) -> None:
    with serve({"data": Act(b"354 go ahead\r\n250 2.0.0 queued\r\n")}) as rig:
        outcome = rig.send()

    assert isinstance(outcome, Deferred)
    assert (rig.permits.asked, rig.server.mails) == (0, [])


def test_the_outcome_does_not_wait_for_the_answer_to_quit(serve: Serve) -> None:
    with serve({"quit": Act(then=Then.HANG)}) as rig:
        outcome = rig.send()
        rig.server.wait_for_body(DOT)

    assert isinstance(outcome, Delivered)
    assert rig.server.commands[-1] in ("DATA", "QUIT")


def test_a_connection_that_died_with_the_permit_is_uncertain(serve: Serve) -> None:
    with serve({"body": Act(then=Then.RESET)}) as rig:
        rig.permits.given = rig.server.wait_for_the_end
        outcome = rig.send()

    # Either it was seen in time and nothing left, or the dot was written: then doubt.
    assert type(outcome) is (Uncertain if rig.permits.asked else Deferred)
    assert rig.server.mails == []


def test_nobody_listening_is_a_reason_to_wait(well: Rig) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    well.smarthost = replace(well.smarthost, port=port)

    outcome = well.send()

    assert isinstance(outcome, Deferred)
    assert (outcome.evidence["phase"], well.permits.asked) == ("connect", 0)


def test_a_name_that_does_not_resolve_is_a_reason_to_wait(well: Rig) -> None:
    well.smarthost = replace(well.smarthost, host="no-such-host.invalid")

    outcome = well.send()

    assert isinstance(outcome, Deferred)
    assert outcome.evidence["phase"] == "resolve"


def test_the_evidence_tells_the_whole_story(well: Rig) -> None:
    outcome = well.send()

    assert isinstance(outcome, Delivered)
    evidence = outcome.evidence
    assert evidence["final_reply"] == "250 2.0.0 queued as 42"
    assert evidence["enhanced_code"] == "2.0.0"
    assert evidence["address"] == "127.0.0.1"
    assert evidence["verified_name"] == "localhost"
    assert str(evidence["tls_version"]) >= "TLSv1.2"
    assert len(str(evidence["certificate_sha256"])) == len(str(evidence["final_digest"])) == 64
    assert "SIZE 50000000" in json.dumps(evidence["capabilities"])
    assert json.loads(json.dumps(evidence)) == evidence


def test_before_the_dot_the_table_knows_no_doubt_and_from_it_on_no_second_chance() -> None:
    for phase, row in VERDICTS.items():
        meanings = set(row.values())
        late = phase in (Phase.DOT, Phase.REPLY)
        assert (Uncertain in meanings, Deferred in meanings) == (late, not late), phase


def test_every_end_of_every_phase_has_a_meaning() -> None:
    ends = set(Event) - {Event.ACCEPTED}
    for phase in set(Phase) - {Phase.DOT, Phase.REPLY}:
        assert set(VERDICTS[phase]) == ends
    assert set(VERDICTS[Phase.REPLY]) == ends - {Event.DISTRUST}
