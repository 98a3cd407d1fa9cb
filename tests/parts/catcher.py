"""An HTTPS server of this machine that catches notifications, and answers as it is told."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import trustme

HOST = "localhost"


@dataclass(frozen=True, slots=True)
class Caught:
    """One request."""

    path: str
    headers: dict[str, str]
    """By their names in lower case."""
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


Answer = Callable[["Catcher", BaseHTTPRequestHandler], None]


@dataclass
class Catcher:
    """What came, in its order; the last of `answers` is given from then on."""

    url: str
    ca_file: Path
    answers: Sequence[Answer]
    came: list[Caught] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    """Whoever hangs, hangs until then."""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        length = int(handler.headers["content-length"])
        headers = {name.lower(): value for name, value in handler.headers.items()}
        self.came.append(Caught(handler.path, headers, handler.rfile.read(length)))
        self.answers[min(len(self.came), len(self.answers)) - 1](self, handler)


def status(code: int, **headers: str) -> Answer:
    """An answer with this status."""

    def answer(_: Catcher, handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(code)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("content-length", "0")
        handler.end_headers()

    return answer


def hang(catcher: Catcher, _: BaseHTTPRequestHandler) -> None:
    """Say nothing."""
    catcher.over.wait()


def hang_up(_: Catcher, handler: BaseHTTPRequestHandler) -> None:
    """End the connection without a word."""
    handler.close_connection = True


def drip(catcher: Catcher, handler: BaseHTTPRequestHandler) -> None:
    """An answer that never ends, and never stops coming."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nx-drip: ")
    while not catcher.over.wait(0.05):
        handler.wfile.write(b".")
        handler.wfile.flush()


OK = status(204)


@contextmanager
def catching(
    room: Path, *answers: Answer, authority: trustme.CA | None = None, name: str = HOST
) -> Iterator[Catcher]:
    """Listen on loopback, with a certificate for `name` by `authority`, as the block lasts."""
    ours = trustme.CA()
    ours.cert_pem.write_to_path(str(room / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    (authority or ours).issue_cert(name).configure_cert(context)
    server = _Server(("127.0.0.1", 0), _Handler)
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    url = f"https://{HOST}:{server.server_port}"
    server.catcher = Catcher(url, room / "ca.pem", answers or (OK,))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server.catcher
    finally:
        server.catcher.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    catcher: Catcher

    def handle_error(self, *_: object) -> None:
        """Who hangs up on us is part of the test."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        self.server.catcher.answer(self)

    do_GET = do_HEAD = do_POST

    def log_message(self, format: str, *args: object) -> None:
        """Nothing to see."""
