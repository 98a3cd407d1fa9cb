"""A real HTTPS server on loopback that does what a script says, and counts what it got."""

from __future__ import annotations

import contextlib
import socket
import ssl
import struct
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

PATIENCE = 10.0
RESET = struct.pack("ii", 1, 0)


class Then(StrEnum):
    """What follows what was said."""

    CLOSE = "close"
    RESET = "reset"
    SILENCE = "silence"
    DRIP = "drip"  # one more byte of nothing in particular, again and again
    FLOOD = "flood"  # megabytes


class Greeting(StrEnum):
    """How it meets a connection."""

    TLS = "tls"
    CLOSE = "close"
    RESET = "reset"
    SILENCE = "silence"
    PLAIN = "plain"  # HTTP without TLS
    GARBAGE = "garbage"


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One connection."""

    greeting: Greeting = Greeting.TLS
    reads: int | None = None
    """How many bytes of the request it reads before it speaks; None: all of it."""
    says: bytes = b""
    then: Then = Then.CLOSE


class ScriptedHttps:
    """Every connection has its script, the last one for all that follow."""

    def __init__(self, scripts: Sequence[Script], tls: ssl.SSLContext) -> None:
        self._scripts, self._tls = list(scripts), tls
        self.requests: list[bytes] = []
        """Those that came whole: what a receiver would act on."""
        self.connections = 0
        self.acted = threading.Event()
        """It has done something to a connection that it did not read from."""
        self._over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2**16)
        self.port: int = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        self._over.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(PATIENCE)

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            script = self._scripts[min(self.connections, len(self._scripts) - 1)]
            self.connections += 1
            thread = threading.Thread(target=self._play, args=(line, script), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _play(self, line: socket.socket, script: Script) -> None:
        line.settimeout(PATIENCE)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        # Whatever breaks, breaks because the client has gone: that is its own to tell.
        with contextlib.suppress(OSError), contextlib.closing(line):
            match script.greeting:
                case Greeting.TLS:
                    with self._tls.wrap_socket(line, server_side=True) as tls:
                        self._talk(tls, script)
                case Greeting.CLOSE:
                    line.recv(1)
                case Greeting.RESET:
                    _reset(line)
                case Greeting.SILENCE:
                    self._over.wait(PATIENCE)
                case Greeting.PLAIN:
                    line.sendall(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
                    self._over.wait(PATIENCE)
                case Greeting.GARBAGE:
                    line.sendall(bytes(range(256)))
                    self._over.wait(PATIENCE)

    def _talk(self, tls: ssl.SSLSocket, script: Script) -> None:
        if script.reads is None:
            self.requests.append(_whole(tls))
        elif script.reads:
            tls.recv(script.reads)
        with contextlib.suppress(OSError):
            tls.sendall(script.says)
        if script.then is Then.CLOSE:
            _say_goodbye(tls)
        self.acted.set()
        match script.then:
            case Then.CLOSE:
                with contextlib.suppress(OSError):
                    tls.unwrap()
            case Then.RESET:
                _reset(tls)
            case Then.SILENCE:
                self._over.wait(PATIENCE)
            case Then.DRIP:
                while not self._over.wait(0.02):
                    tls.sendall(b"1")
            case Then.FLOOD:
                while not self._over.is_set():
                    tls.sendall(bytes(2**16))


def _say_goodbye(tls: ssl.SSLSocket) -> None:
    """And wait for nobody who says it, too."""
    tls.setblocking(False)
    with contextlib.suppress(OSError):
        tls.unwrap()
    tls.settimeout(PATIENCE)


def _whole(tls: ssl.SSLSocket) -> bytes:
    """A request with all of its body.  Raises `OSError` where it does not come."""
    got = b""
    while b"\r\n\r\n" not in got:
        got += _some(tls)
    head, _, body = got.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
    while len(body) < length:
        body += _some(tls)
    return head + b"\r\n\r\n" + body


def _some(tls: ssl.SSLSocket) -> bytes:
    some = tls.recv(2**16)
    if not some:
        raise ConnectionResetError
    return some


def _reset(line: socket.socket) -> None:
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
    line.close()
