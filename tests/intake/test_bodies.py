"""What is sent is bounded before it is parsed: in size, in time, and all together."""

from __future__ import annotations

import datetime as dt
import socket
import threading

import httpx
import pytest

from consumers import bodies
from consumers.intake.app import LARGEST
from tests.intake.conftest import Agents
from tests.intake.test_proposing import proposal, proposed


def test_a_body_that_is_too_large_is_refused_before_it_comes(agent: httpx.Client) -> None:
    head = (
        f"POST /v1/intents HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        f"Authorization: {agent.headers['authorization']}\r\n"
        f"Content-Length: {LARGEST + 1}\r\n\r\n{{"
    )
    with socket.create_connection((agent.base_url.host, agent.base_url.port or 0)) as client:
        client.sendall(head.encode())
        answer = b"".join(iter(lambda: client.recv(4096), b""))  # until it hangs up

    assert answer.startswith(b"HTTP/1.1 413 ")


def test_a_body_that_does_not_say_how_large_it_is_is_counted(agent: httpx.Client) -> None:
    endless = (b" " * 2**20 for _ in range(LARGEST // 2**20 + 2))

    try:
        status = agent.post(
            "/v1/intents", content=endless, headers={"Content-Type": "application/json"}
        ).status_code
    except httpx.WriteError:  # hung up on before it has read the answer
        status = 413

    assert status == 413


def test_a_body_that_does_not_come_is_not_waited_for(
    agent: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "WITHIN", dt.timedelta(milliseconds=100))
    let_go = threading.Event()

    def slowly() -> object:
        yield b"{"
        let_go.wait(5)

    answer = agent.post(
        "/v1/intents",
        content=slowly(),  # type: ignore[arg-type]
        headers={"Content-Type": "application/json"},
    )
    let_go.set()

    assert answer.status_code == 408


def test_more_than_can_be_held_at_once_is_put_off(
    agent: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "AT_ONCE", 10)

    answer = agent.post("/v1/intents", json=proposal())

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")


def test_what_was_held_for_a_body_is_let_go_with_it(
    agent: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "AT_ONCE", 600)

    answers = [agent.post("/v1/intents", json=proposal()).status_code for _ in range(5)]

    assert answers == [201, 200, 200, 200, 200]


def test_what_is_not_json_is_not_read_as_json(agent: httpx.Client) -> None:
    for kind in ("text/plain", "multipart/form-data", "application/x-www-form-urlencoded", ""):
        answer = agent.post(
            "/v1/intents", content=b"{}", headers={"Content-Type": kind} if kind else {}
        )
        assert answer.status_code == 415


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"[" * 100_000, b'{"key": "\\ud800"}', b"\xff\xfe"]
)
def test_what_is_no_proposal_is_refused_and_kills_nobody(
    agent: httpx.Client, body: bytes
) -> None:
    kind = {"Content-Type": "application/json"}

    answer = agent.post("/v1/intents", content=body, headers=kind)

    assert answer.status_code == 422
    assert set(answer.json()) == {"type", "title", "status", "detail", "next"}


def test_agents_do_not_wait_for_each_others_bodies(agents: Agents) -> None:
    """Eight slow bodies hold no connection to the ledger."""
    one, let_go = agents("slow"), threading.Event()

    def slowly() -> object:
        yield b"{"
        let_go.wait(20)

    kind = {"Content-Type": "application/json"}
    slow = [
        threading.Thread(
            target=lambda: one.post("/v1/intents", content=slowly(), headers=kind)  # type: ignore[arg-type]
        )
        for _ in range(8)
    ]
    for thread in slow:
        thread.start()

    assert proposed(agents("quick"))["id"] == 1
    let_go.set()
    for thread in slow:
        thread.join()
