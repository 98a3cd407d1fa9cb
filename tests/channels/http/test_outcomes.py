"""Every row of the outcome table of HTTPS, by real servers that behave so."""

from __future__ import annotations

import base64
import socket
from dataclasses import replace

import pytest

from consumers.channels import Deferred, Delivered, Outcome, Refused, Uncertain
from consumers.channels.http.connecting import Resolver
from consumers.channels.http.events import Event, Phase
from consumers.channels.http.verdict import VERDICTS
from outbox.errors import GateClosed
from outbox.failpoints import Point
from tests.channels.http.behaviours import ALL, NOTHING, OK, STATUSES, Behaviour
from tests.channels.http.conftest import Serve
from tests.channels.http.rig import TOKEN
from tests.channels.http.server import Script, Then

YES = Script(says=OK + NOTHING)


@pytest.mark.parametrize("behaviour", ALL, ids=lambda one: one.name)
def test_what_becomes_of_it_is_told_by_the_phase_that_it_reached(
    serve: Serve, behaviour: Behaviour
) -> None:
    with serve(behaviour.script, slow=behaviour.slow, certificate=behaviour.certificate) as rig:
        body = base64.b64encode(b"x" * behaviour.body)
        octets = {"text": "", "content": body, "media_type": "application/octet-stream"}
        outcome = rig.send(rig.webhook(**octets))
        connections, got = rig.server.connections, rig.server.requests

    assert type(outcome) is behaviour.outcome, outcome
    assert (rig.permits.asked, connections) == (behaviour.permits, 1)
    assert len(got) == behaviour.got


@pytest.mark.parametrize(("status", "outcome"), STATUSES.items())
def test_a_status_means_what_the_table_says_and_no_redirect_is_followed(
    serve: Serve, status: int, outcome: type[Outcome]
) -> None:
    says = f"HTTP/1.1 {status} Word\r\nlocation: https://hooks.example.com/other\r\n".encode()
    with serve(Script(says=says + NOTHING)) as rig:
        found = rig.send()

    assert type(found) is outcome, found
    assert (rig.permits.asked, rig.server.connections, len(rig.server.requests)) == (1, 1, 1)
    assert found.evidence["status"] == status


@pytest.mark.parametrize("status", [409, 500, 503, 524])
def test_a_destination_may_promise_that_a_status_is_a_definite_no(
    serve: Serve, status: int
) -> None:
    says = f"HTTP/1.1 {status} No\r\n".encode() + NOTHING
    with serve(Script(says=says), definite=[status]) as rig:
        assert isinstance(rig.send(), Refused)


def test_whoever_is_not_there_costs_nothing(serve: Serve) -> None:
    with serve(YES) as rig:
        webhook = rig.webhook()
    assert isinstance(rig.send(webhook), Deferred)
    assert rig.permits.asked == 0


def test_a_name_that_is_not_resolved_costs_nothing(serve: Serve) -> None:
    def nobody(*_: object) -> list[str]:
        raise socket.gaierror("no such name")

    with serve(YES) as rig:
        resolvers: tuple[Resolver, ...] = (nobody, lambda *_: [])
        for resolver in resolvers:
            rig.way = replace(rig.way, resolver=resolver)
            rig.__dict__.pop("place", None)
            assert isinstance(rig.send(), Deferred)
    assert (rig.permits.asked, rig.server.connections) == (0, 0)


@pytest.mark.parametrize(
    "script", [Script(reads=0, says=OK + NOTHING, then=Then.SILENCE), Script(reads=0)]
)
def test_whoever_speaks_or_hangs_up_before_it_is_asked_is_not_asked(
    serve: Serve, script: Script, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(script) as rig:

        def wait(point: Point) -> None:
            if point is Point.HTTP_ENCRYPTED:
                assert rig.server.acted.wait(10)

        monkeypatch.setattr("consumers.channels.http.connecting.reach", wait)
        outcome = rig.send()

    assert isinstance(outcome, Deferred), outcome
    assert rig.permits.asked == 0


def test_without_a_permit_not_one_byte_is_written(serve: Serve) -> None:
    def closed() -> None:
        raise GateClosed("outbound_off")

    with serve(YES) as rig:
        rig.permits.given = closed
        with pytest.raises(GateClosed):
            rig.send()
    assert rig.server.requests == []


def test_the_permit_is_asked_for_when_only_the_request_is_missing(serve: Serve) -> None:
    seen: list[int] = []
    with serve(YES) as rig:
        rig.permits.given = lambda: seen.append(rig.server.connections)
        outcome = rig.send()

    assert isinstance(outcome, Delivered)
    assert seen == [1]
    checks = outcome.evidence["checks"]
    assert isinstance(checks, list)
    assert checks[-4:] == [
        "every_address_is_public_or_excepted",
        "peer_is_what_was_checked",
        "certificate_and_name",
        "permit",
    ]


def test_before_the_permit_nothing_is_uncertain_and_after_it_nothing_is_deferred() -> None:
    after = (Phase.REQUEST, Phase.ANSWER, Phase.STATUS)
    for phase in Phase:
        verdicts = set(VERDICTS[phase].values())
        assert (Deferred if phase in after else Uncertain) not in verdicts
    assert {VERDICTS[phase][Event.NO_ANSWER] for phase in after[:2]} == {Uncertain}


def test_no_secret_is_told_even_if_the_other_side_repeats_it(serve: Serve) -> None:
    says = b"HTTP/1.1 401 No\r\n\r\nnot " + TOKEN.encode()
    with serve(Script(says=says), auth={"header": "authorization", "value_file": "x"}) as rig:
        outcome = rig.send()

    assert isinstance(outcome, Refused)
    assert f"authorization: Bearer {TOKEN}".encode() in rig.server.requests[0]
    assert TOKEN not in f"{outcome}"
    assert "[secret]" in outcome.reason
