"""The console's stand-in that serves the samples, and the server that none may reach."""

from __future__ import annotations

import base64
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, Response

from consumers.console import untrusted
from deploy.serving import serving
from tests.browser.hostile import Sample

_GIF = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")


FRAMES = {
    "sandboxed": 'sandbox=""',
    "inert": 'sandbox="allow-scripts allow-same-origin allow-forms"',
}
"""How a page frames a sample; `inert` keeps only the page itself in its place."""


@dataclass
class Canary:
    """Answers anything, and keeps what was asked; counts also who said nothing."""

    port: int
    connections: int = 0
    asked: list[str] = field(default_factory=list)


@contextmanager
def canary() -> Iterator[Canary]:
    """A server on loopback, as long as the block lasts."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Listens) as server:
        server.daemon_threads = True
        heard = Canary(server.server_address[1])
        server.heard = heard  # type: ignore[attr-defined]
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield heard
        server.shutdown()
        thread.join()


class _Listens(socketserver.StreamRequestHandler):
    timeout = 3

    def handle(self) -> None:
        heard: Canary = self.server.heard  # type: ignore[attr-defined]
        heard.connections += 1
        try:
            line = self.rfile.readline(4096).decode("latin-1").strip()
            heard.asked.append(line)
            while self.rfile.readline(65536).strip():
                pass
            self.wfile.write(_answer(line.split(" ")[1] if " " in line else ""))
        except OSError:
            return  # it has hung up, or waits for ever


def _answer(path: str) -> bytes:
    """Something that a browser likes to go on with."""
    kind, body = "image/gif", _GIF
    if path.endswith(".css"):
        kind, body = "text/css", b"body{background:url(/again)}"
    elif path.endswith(".js"):
        kind, body = "text/javascript", b"console.log('RAN:from-elsewhere')"
    head = (
        f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
        "Access-Control-Allow-Origin: *\r\nConnection: close\r\n\r\n"
    )
    return head.encode() + body


@dataclass
class Site:
    """Serves the samples with the headers that are tested, and bare for comparison."""

    samples: tuple[Sample, ...]
    canary: Canary
    asked: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def app(self) -> FastAPI:
        app = FastAPI(openapi_url=None)
        app.get("/signed-in")(self._signed_in)
        app.get("/frames/{way}/{first}/{last}/{attribute}")(self._frames)
        app.get("/foreign")(self._foreign)
        app.get("/{way}/{number}")(self._sample)
        app.get("/{anything:path}")(self._anything)
        return app

    def _signed_in(self) -> Response:
        answer = HTMLResponse("<link rel=icon href=data:,><p>signed in")
        answer.set_cookie("session", "secret", httponly=True, samesite="lax")
        answer.set_cookie("theme", "dark")
        return answer

    def shows(self, url: str) -> bool:
        """Whether this is a page that a test opens, or a sample in it."""
        return url.startswith(
            tuple(f"{self.origin}/{way}/" for way in ("guarded", "bare", "frames"))
        )

    def forget(self) -> None:
        """What was asked until now."""
        self.asked.clear()
        self.canary.asked.clear()
        self.canary.connections = 0

    def _frames(self, way: str, first: int, last: int, attribute: str) -> Response:
        numbers = range(first, min(last, len(self.samples)))
        return HTMLResponse(
            "<!doctype html><title>console</title><link rel=icon href=data:,>"
            + "".join(
                f"<iframe {FRAMES[attribute]} src='/{way}/{n}'></iframe>" for n in numbers
            )
        )

    def _foreign(self, request: Request) -> Response:
        return HTMLResponse(f"<iframe src='{request.url.query}'></iframe>")

    def _sample(self, way: str, number: int) -> Response:
        html = self.samples[number].html(self.canary.port)
        match way:
            case "guarded":
                return untrusted.document(html)
            case "bare":
                return HTMLResponse(html)
        return Response(status_code=404)

    def _anything(self, anything: str, request: Request) -> Response:
        self.asked.append(f"{request.method} /{anything}")
        return Response(status_code=404)


@contextmanager
def site(samples: tuple[Sample, ...], heard: Canary) -> Iterator[Site]:
    """A site on loopback, as long as the block lasts."""
    made = Site(samples, heard)
    with serving(made.app, "127.0.0.1:0", setting="HERE") as port:
        made.port = port
        yield made
