"""A model on loopback, behind TLS, that answers as a test says: it judges nothing itself."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import trustme

from tests.channels.rig import Authority

KEY = "sk-of-the-house-itself"
Answers = Callable[[str], tuple[int, bytes]]
"""By the word that it was told: the status, and the body."""


def completion(content: str, **more: Any) -> bytes:
    """As such an endpoint wraps what its model says."""
    usage = {"prompt_tokens": 1000, "completion_tokens": 200}
    choices = [{"message": {"role": "assistant", "content": content}, "finish_reason": "stop"}]
    return json.dumps({"choices": choices, "usage": usage, **more}).encode()


def saying(confidence: Any, *concerns: tuple[str, str]) -> Answers:
    """A whole answer."""
    told = [{"kind": kind, "reason": reason} for kind, reason in concerns]

    def answer(word: str) -> tuple[int, bytes]:
        said = {"word": word, "confidence": confidence, "concerns": told}
        return 200, completion(json.dumps(said))

    return answer


@dataclass
class Model:
    """It, and what it was asked."""

    folder: Path
    answer: Answers = field(default_factory=lambda: saying(1.0))
    asked: list[dict[str, Any]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    port: int = 0

    def file(self, **said: Any) -> Path:
        """HOLDSHORT_JUDGE, with these fields instead."""
        url = f"https://localhost:{self.port}/v1"
        dollars = {"read": "0.5", "written": "2"}
        whole = {"url": url, "model": "small-1", "key_file": "key", "ca_file": "ca.pem"}
        file = self.folder / "judge.json"
        file.write_text(json.dumps({**whole, "dollars": dollars, **said}))
        return file

    def hear(self, headers: Any, body: bytes) -> tuple[int, bytes]:
        self.asked.append(json.loads(body))
        self.keys.append(headers["authorization"])
        return self.answer(self.asked[-1]["messages"][-1]["content"].partition("\n")[0])


@contextmanager
def answering(folder: Path) -> Iterator[Model]:
    """A model, and its file with the key beside it."""
    authority = Authority(trustme.CA(), folder / "ca.pem")
    authority.ca.cert_pem.write_to_path(str(authority.file))
    key = folder / "key"
    key.write_text(KEY)
    key.chmod(0o600)
    model = Model(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(model))
    server.socket = authority.context("localhost").wrap_socket(server.socket, server_side=True)
    model.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield model
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(model: Model) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            status, said = model.hear(self.headers, body)
            self.send_response(status if self.path == "/v1/chat/completions" else 404)
            self.send_header("location", "/v1/chat/completions")
            self.send_header("content-length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_: object) -> None:
            """Nothing."""

    return Handler
