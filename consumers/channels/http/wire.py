"""The wire: bytes out, bytes in, every wait under one total deadline for its phase."""

from __future__ import annotations

import contextlib
import select
import socket
import ssl
from collections.abc import Iterator

from consumers.channels.http.events import Deadline, Event, Stopped

_AT_ONCE = 16 * 2**10


@contextlib.contextmanager
def network_failures() -> Iterator[None]:
    """Whatever the network does wrong means: no answer."""
    try:
        yield
    except TimeoutError as failure:
        raise Stopped(Event.NO_ANSWER, "no answer in time") from failure
    except OSError as failure:
        raise Stopped(Event.NO_ANSWER, f"the connection broke: {failure}") from failure


class Wire:
    """A connected socket, before and after TLS."""

    def __init__(self, connected: socket.socket, deadline: Deadline) -> None:
        self._socket = connected
        self.deadline = deadline

    def secure(self, context: ssl.SSLContext, name: str) -> ssl.SSLSocket:
        """Make TLS; the chain and the name are verified, or this does not return."""
        with network_failures():
            tls = context.wrap_socket(
                self._socket, server_hostname=name, do_handshake_on_connect=False
            )
            self._socket = tls
            tls.settimeout(self.deadline.remaining())
            try:
                tls.do_handshake()
            except (ssl.SSLEOFError, ssl.SSLZeroReturnError):
                raise  # hung up: that says nothing about who it is
            except ssl.SSLError as failure:
                raise Stopped(Event.DISTRUST, f"TLS failed: {failure}") from failure
        return tls

    def write(self, content: bytes) -> None:
        """All of it, and in one piece where the network takes it so."""
        rest = memoryview(content)
        with network_failures():
            while rest:
                self._socket.settimeout(self.deadline.remaining())
                rest = rest[self._socket.send(rest) :]

    def read(self) -> bytes:
        """Some bytes; none at the end."""
        with network_failures():
            self._socket.settimeout(self.deadline.remaining())
            return self._socket.recv(_AT_ONCE)

    def unasked(self) -> bool:
        """Whether the peer has spoken, or hung up, though nothing was asked."""
        self._socket.settimeout(0)
        while True:
            try:
                self._socket.recv(1)
            except (BlockingIOError, ssl.SSLWantReadError):
                # A ticket of TLS is nothing that it says; there may be more behind it.
                if select.select([self._socket], [], [], 0)[0]:
                    continue
                return False
            except OSError:
                return True
            return True

    def close(self) -> None:
        self._socket.close()
