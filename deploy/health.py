"""What a process says of itself over HTTP: /metrics, /livez and /readyz.

Alive means that it answers.  Ready means that nothing speaks against giving it work; a
database that is down makes a process unready, never dead: restarting it would mend nothing.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import psycopg
from prometheus_client import CONTENT_TYPE_LATEST, REGISTRY, CollectorRegistry, generate_latest

from outbox.errors import BadSettings, DependencyDown
from schemas.revision import check

Ready = Callable[[], list[str]]
"""Gives the reasons why not; none means ready."""

_TEXT = "text/plain; charset=utf-8"


@contextmanager
def health(
    address: str, *, ready: Ready, registry: CollectorRegistry = REGISTRY
) -> Iterator[int]:
    """Answer at `address`, a host:port, as long as the block lasts; yield the port.

    An empty address answers nothing.  Raises `BadSettings` if nothing can listen there.
    """
    if not address:
        yield 0
        return
    host, _, port = address.rpartition(":")
    try:
        server = _Server((host, int(port)), ready, registry)
    except OSError as error:
        raise BadSettings(f"HOLDSHORT_HTTP={address}: {error.strerror}") from error
    thread = threading.Thread(target=server.serve_forever, name="health", daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def database_ready(dsn: str) -> Ready:
    """Ready once the database answers and has the schema of this version."""

    def reasons() -> list[str]:
        try:
            check(dsn)
        except DependencyDown as error:
            return [str(error)]
        except psycopg.Error as error:
            return [f"the database has no schema of ours: {type(error).__name__}"]
        return []

    return reasons


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(
        self, address: tuple[str, int], ready: Ready, registry: CollectorRegistry
    ) -> None:
        self.ready = ready
        self.registry = registry
        super().__init__(address, _Handler)


class _Handler(BaseHTTPRequestHandler):
    timeout = 5
    server: _Server

    def do_GET(self) -> None:
        match urlsplit(self.path).path:
            case "/metrics":
                metrics = generate_latest(self.server.registry)
                self._answer(HTTPStatus.OK, metrics, CONTENT_TYPE_LATEST)
            case "/livez":
                self._answer(HTTPStatus.OK, b"alive\n")
            case "/readyz":
                reasons = self.server.ready()
                status = HTTPStatus.SERVICE_UNAVAILABLE if reasons else HTTPStatus.OK
                self._answer(status, "".join(f"{r}\n" for r in reasons or ["ready"]).encode())
            case _:
                self._answer(HTTPStatus.NOT_FOUND, b"see /metrics, /livez and /readyz\n")

    def _answer(self, status: HTTPStatus, body: bytes, kind: str = _TEXT) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """A probe every second is not worth a line."""
