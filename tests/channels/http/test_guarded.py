"""A destination that leads inside is not connected to, however it was looked up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from consumers.channels import Deferred, Delivered, Refused
from consumers.channels.http.places import networks
from outbox.errors import BadArtifact
from outbox.intent import parse_artifact
from tests.channels.http.behaviours import NOTHING, OK
from tests.channels.http.conftest import Serve
from tests.channels.http.rig import LOOPBACK
from tests.channels.http.server import Script

YES = Script(says=OK + NOTHING)


@pytest.mark.parametrize("addresses", [["10.0.0.1"], ["127.0.0.1", "169.254.169.254"]])
def test_a_name_of_which_one_address_is_inside_is_not_connected_to(
    serve: Serve, addresses: list[str]
) -> None:
    with serve(YES) as rig:
        rig.way = replace(rig.way, resolver=lambda *_: addresses)
        outcome = rig.send()

    assert isinstance(outcome, Refused), outcome
    assert "not public" in outcome.reason
    assert (rig.permits.asked, rig.server.connections) == (0, 0)


def test_without_the_operators_exception_loopback_is_not_reached(serve: Serve) -> None:
    with serve(YES) as rig:
        rig.way = replace(rig.way, excepted=())
        assert isinstance(rig.send(), Refused)
    assert rig.server.connections == 0


def test_a_name_is_resolved_once_and_what_was_checked_is_what_is_connected_to(
    serve: Serve,
) -> None:
    answers = [list(LOOPBACK), ["10.0.0.1"]]

    def rebinding(*_: object) -> list[str]:
        return answers.pop(0)

    with serve(YES) as rig:
        rig.way = replace(rig.way, resolver=rebinding)
        assert isinstance(rig.send(), Delivered)
    assert answers == [["10.0.0.1"]]
    assert f"host: hooks.example.com:{rig.server.port}".encode() in rig.server.requests[0]


def test_a_peer_that_was_not_looked_at_is_told_nothing(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serve(YES) as rig:
        rig.way = replace(
            rig.way, resolver=lambda *_: ["127.0.0.9"], excepted=networks(("127.0.0.0/8",))
        )
        create = "consumers.channels.http.connecting.socket.create_connection"
        import socket

        real = socket.create_connection
        monkeypatch.setattr(create, lambda to, wait: real(("127.0.0.1", to[1]), wait))
        outcome = rig.send()

    assert isinstance(outcome, Deferred), outcome
    assert "not looked at" in outcome.reason
    assert rig.permits.asked == 0


@pytest.mark.parametrize(
    "url",
    [
        "http://hooks.example.com/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://2130706433/",
        "https://0x7f.0.0.1/",
        "https://127.1/",
        "https://user@hooks.example.com/",
        "https://user:secret@hooks.example.com/",
        "https://hooks.example.com@evil.example/",
        "https://hooks.example.com\\@evil.example/",
        "https://hooks.example.com#@evil.example/",
        "https://hooks.example.com/#fragment",
        "https://Hooks.example.com/",
        "https://hooks.example.com./",
        "https://hooks..example.com/",
        "https://hooks.example.com:0/",
        "https://hooks.example.com:443/",
        "https://hooks.example.com:99999/",
        "https://hooks.example.com",
        "https://hooks.example.com/a/../b",
        "https://hooks.example.com/a/%2e%2e/b",
        "https://hooks.example.com/a%2Fb",
        "https://hooks.example.com//a",
        "https://hooks.example.com/%zz",
        "https://hooks.example.com/a b",
        "https://hooks.example.com/\n",
        "https://h\u00f6\u00f6ks.example.com/",
        "ftp://hooks.example.com/",
        "//hooks.example.com/",
    ],
)
def test_an_address_that_two_readers_could_take_for_two_is_no_address(url: str) -> None:
    import json

    with pytest.raises(BadArtifact):
        parse_artifact(json.dumps({"channel": "webhook", "url": url}))


def test_what_a_receiver_repeats_of_a_request_is_in_no_receipt(serve: Serve) -> None:
    no = b"HTTP/1.1 422 Canary refused\r\n\r\nthe note Canary-7 is no number"
    with serve(Script(says=no)) as rig:
        outcome = rig.send(rig.webhook(text='{"note": "Canary-7 Canary"}'))

    assert isinstance(outcome, Refused)
    assert "anary" not in f"{outcome.reason} {outcome.evidence}"
    assert outcome.evidence["final_reply"] == "422 [...] refused: the [...] [...] is no number"
