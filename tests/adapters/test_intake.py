"""The way over HTTP: where a token goes, and what is said when nothing answers."""

from __future__ import annotations

import http.server
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import trustme

from outbox.adapters.intake import by_intake
from outbox.adapters.tools import Refused, tools
from outbox.adapters.ways import Way
from outbox.errors import BadSettings
from tests.adapters.conftest import MAIL


def propose(way: Way) -> None:
    tools(way, key="invoice-7")[0]({"artifact": MAIL})


@contextmanager
def answering(
    status: int, *, tls: ssl.SSLContext | None = None, **headers: str
) -> Iterator[tuple[str, list[str]]]:
    """Something that is no intake; yield where it is, and the tokens that it was shown."""
    shown: list[str] = []

    class Other(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            shown.append(self.headers["Authorization"])
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(b"<p>Hello</p>")

        def log_message(self, *given: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Other) as server:
        if tls is not None:
            server.socket = tls.wrap_socket(
                server.socket, server_side=True, do_handshake_on_connect=False
            )
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}", shown
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    "url", ["http://intake.example.com", "http://10.0.0.7:8081", "ftp://localhost", "localhost"]
)
def test_a_token_leaves_this_machine_under_tls_alone(url: str) -> None:
    with pytest.raises(BadSettings):
        by_intake(url, "secret")


def test_no_answer_is_told_with_what_is_safe_to_do() -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        url = f"http://127.0.0.1:{gone.getsockname()[1]}"

    with pytest.raises(Refused) as refusal:
        propose(by_intake(url, "secret"))

    assert "What became of this call is not known" in str(refusal.value)
    assert "under the same key: that is safe" in str(refusal.value)


@pytest.mark.parametrize("status", [200, 201, 404, 502])
def test_what_is_no_intake_is_never_believed(status: int) -> None:
    with answering(status) as (url, _), pytest.raises(Refused, match="no intake answers there"):
        propose(by_intake(url, "secret"))


def test_a_token_goes_nowhere_that_it_was_not_meant_to_go() -> None:
    with (
        answering(200) as (elsewhere, stolen),
        answering(307, Location=elsewhere) as (url, shown),
        pytest.raises(Refused),
    ):
        propose(by_intake(url, "secret"))

    assert (shown, stolen) == (["Bearer secret"], [])


def test_a_server_that_is_not_who_it_says_is_not_told_the_token() -> None:
    anybodys = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(anybodys)

    with answering(200, tls=anybodys) as (url, shown), pytest.raises(Refused) as refusal:
        propose(by_intake(url.replace("http://", "https://"), "secret"))

    assert "certificate verify failed" in str(refusal.value)

    assert shown == []
