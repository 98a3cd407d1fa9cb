"""A TCP proxy that cuts one connection around one request.

What the client hears is the same in both directions: the connection is gone.
"""

from __future__ import annotations

import contextlib
import itertools
import select
import socket
import threading
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

LARGEST_READ = 65536
COMMIT = b"COMMIT\0"  # and not READ COMMITTED
_ANSWER_WITHIN = 1.0  # seconds; not every part of a request is answered

When = Callable[[bytes], bool]
"""Whether this is the request to cut at, by the bytes of one read."""


class Cut(StrEnum):
    BEFORE = "before"  # the server never sees the request
    HELD = "held"  # nor does it see that the client is gone
    AFTER = "after"  # the server has answered it, the client never hears that


def asks(marker: bytes) -> When:
    """A request that holds these bytes."""
    return lambda asked: marker in asked


def nth(number: int) -> When:
    """The `number`-th request from now, whoever makes it."""
    count = itertools.count(1)
    return lambda _: next(count) >= number


class Proxy:
    """Passes everything on until it is armed and its request comes by; then it cuts, once."""

    def __init__(self, host: str, port: int) -> None:
        """Before this server; a host that is a path is PostgreSQL's folder of sockets."""
        self._server = (host, port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._armed: tuple[Cut, When] | None = None
        self._arming = threading.Lock()
        self._held: list[socket.socket] = []
        self.cuts = 0
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self, cut: Cut, when: When) -> None:
        """Cut the next connection whose request is the one; forget an earlier order."""
        with self._arming:
            self._armed = (cut, when)

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        for held in (self._listener, *self._held):
            held.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with contextlib.suppress(OSError), client, self._reach() as server:
            while self._pass_on(client, server):
                pass

    def _reach(self) -> socket.socket:
        host, port = self._server
        if not host.startswith("/"):
            return socket.create_connection((host, port))
        line = socket.socket(socket.AF_UNIX)
        line.connect(str(Path(host) / f".s.PGSQL.{port}"))
        return line

    def _pass_on(self, client: socket.socket, server: socket.socket) -> bool:
        readable, _, _ = select.select([client, server], [], [])
        if server in readable:
            answered = server.recv(LARGEST_READ)
            client.sendall(answered)
            return bool(answered)
        asked = client.recv(LARGEST_READ)
        cut = self._due(asked)
        if cut is None:
            server.sendall(asked)
            return bool(asked)
        if cut is Cut.AFTER:
            server.settimeout(_ANSWER_WITHIN)
            server.sendall(asked)
            server.recv(LARGEST_READ)  # it has committed: its answer is here
        if cut is Cut.HELD:
            self._held.append(server.dup())
        return False

    def _due(self, asked: bytes) -> Cut | None:
        with self._arming:
            if self._armed is None or not self._armed[1](asked):
                return None
            cut, self._armed = self._armed[0], None
            self.cuts += 1
            return cut


class DatabaseProxy(Proxy):
    """Before PostgreSQL; `dsn` leads through it."""

    def __init__(self, dsn: str) -> None:
        with psycopg.connect(dsn) as asked:
            super().__init__(asked.info.host, asked.info.port)
        plain = {"sslmode": "disable", "gssencmode": "disable"}
        self.dsn = make_conninfo(dsn, host="127.0.0.1", port=self.port, **plain)
