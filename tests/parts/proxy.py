"""A TCP proxy before PostgreSQL that cuts one connection around one request.

What the client hears is the same in both directions: the connection is gone.
"""

from __future__ import annotations

import contextlib
import select
import socket
import threading
from enum import StrEnum
from pathlib import Path

import psycopg
from psycopg.conninfo import make_conninfo

LARGEST_READ = 65536
COMMIT = b"COMMIT\0"  # and not READ COMMITTED


class Cut(StrEnum):
    BEFORE = "before"  # the server never sees the request
    HELD = "held"  # nor does it see that the client is gone
    AFTER = "after"  # the server has answered it, the client never hears that


class Proxy:
    """Passes everything on until it is armed and `at` comes by; then it cuts, once."""

    def __init__(self, dsn: str) -> None:
        with psycopg.connect(dsn) as asked:
            self._server = (asked.info.host, asked.info.port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._armed: tuple[Cut, bytes] | None = None
        self._held: list[socket.socket] = []
        self.cuts = 0
        port = self._listener.getsockname()[1]
        plain = {"sslmode": "disable", "gssencmode": "disable"}
        self.dsn = make_conninfo(dsn, host="127.0.0.1", port=port, **plain)
        threading.Thread(target=self._accept, daemon=True).start()

    def cut(self, cut: Cut, at: bytes) -> None:
        """Cut the next connection that asks for `at`."""
        self._armed = (cut, at)

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
        if self._armed is None or self._armed[1] not in asked:
            server.sendall(asked)
            return bool(asked)
        cut, self._armed = self._armed[0], None
        if cut is Cut.AFTER:
            server.sendall(asked)
            server.recv(LARGEST_READ)  # it has committed: its answer is here
        if cut is Cut.HELD:
            self._held.append(server.dup())
        self.cuts += 1
        return False
