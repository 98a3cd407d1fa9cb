"""How HTTP is answered: over real sockets, to clients good and bad."""

from __future__ import annotations

import datetime as dt
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager

import pytest
from fastapi import FastAPI

from deploy import serving
from outbox.errors import BadSettings
from tests.deploy.slow import LOOPBACK, Slow, get


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
def port(slow: Slow) -> Iterator[int]:
    with serving.serving(slow.app, LOOPBACK, setting="HERE") as port:
        yield port
        slow.let_go.set()


def told(port: int, words: bytes) -> bytes:
    """Everything that comes back until the server hangs up."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(words)
        return b"".join(iter(lambda: client.recv(4096), b""))


def whole(client: socket.socket) -> bytes:
    """Everything up to who asked, which the application says last."""
    answer = b""
    while not answer.endswith(b"127.0.0.1") and (more := client.recv(4096)):
        answer += more
    assert answer.endswith(b"127.0.0.1")
    return answer


def test_a_request_does_not_say_where_it_comes_from(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(b"GET /who HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 9.9.9.9\r\n\r\n")
        answer = whole(client)

    assert answer.startswith(b"HTTP/1.1 200 OK")


def test_a_server_does_not_say_what_it_is(port: int) -> None:
    assert get(port, "/who").getheader("Server") is None


def test_who_does_not_say_in_time_what_they_ask_for_is_hung_up_on(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "HEAD_WITHIN", dt.timedelta(milliseconds=200))

    assert told(port, b"GET /who HTTP/1.1\r\nHost") == b""
    assert told(port, b"") == b""


def test_the_second_request_of_a_connection_has_as_long_as_the_first(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serving, "HEAD_WITHIN", dt.timedelta(milliseconds=200))

    with socket.create_connection(("127.0.0.1", port), timeout=3) as client:
        client.sendall(b"GET /who HTTP/1.1\r\nHost: x\r\n\r\n")
        assert whole(client).startswith(b"HTTP/1.1 200 OK")
        client.sendall(b"GET /who HTTP/1.1\r\nHost")
        assert client.recv(4096) == b""


def test_a_head_that_never_ends_is_refused(port: int) -> None:
    endless = b"GET / HTTP/1.1\r\nX: " + b"x" * 2 * serving.HEAD_BYTES

    assert told(port, endless).startswith(b"HTTP/1.1 400 ")


def test_who_comes_on_top_of_too_many_is_told_so(
    port: int, monkeypatch: pytest.MonkeyPatch, slow: Slow
) -> None:
    waiting = [
        socket.create_connection(("127.0.0.1", port), timeout=10)
        for _ in range(serving.CONNECTIONS - 1)
    ]
    try:
        assert get(port, "/who").status == 503
    finally:
        for client in waiting:
            client.close()


def test_an_address_in_use_is_said_by_its_setting(port: int) -> None:
    taken = f"127.0.0.1:{port}"

    with (
        pytest.raises(BadSettings, match=f"HERE={taken}: Address already in use"),
        serving.listening(taken, setting="HERE"),
    ):
        pass


def test_an_application_that_does_not_start_is_no_server() -> None:
    @asynccontextmanager
    async def broken(_: FastAPI) -> AsyncIterator[None]:
        raise LookupError("no such thing")
        yield

    app, stop = FastAPI(lifespan=broken), threading.Event()

    with (
        serving.listening(LOOPBACK, setting="HERE") as listener,
        pytest.raises(RuntimeError, match="did not start"),
    ):
        serving.serve(app, listener, stop)


def test_the_second_part_of_an_answer_does_not_wait_for_the_first() -> None:
    with serving.listening(LOOPBACK, setting="HERE") as listener:
        client = socket.create_connection(listener.getsockname())
        accepted, _ = listener.accept()

        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
        for end in (client, accepted):
            end.close()
