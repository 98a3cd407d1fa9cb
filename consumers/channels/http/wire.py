"""The wire: bytes out, bytes in, every wait under one total deadline for its phase."""

from __future__ import annotations

import select
import socket
import ssl

from consumers.channels.line import Deadline, encrypt, read, wrapped, write

_AT_ONCE = 16 * 2**10


class Wire:
    """A connected socket, before and after TLS."""

    def __init__(self, connected: socket.socket, deadline: Deadline) -> None:
        self._socket = connected
        self.deadline = deadline

    def secure(self, context: ssl.SSLContext, name: str) -> ssl.SSLSocket:
        """Make TLS; the chain and the name are verified, or this does not return."""
        self._socket = tls = wrapped(self._socket, context, name)
        encrypt(tls, self.deadline)
        return tls

    def write(self, content: bytes) -> None:
        """All of it, and in one piece where the network takes it so."""
        write(self._socket, content, self.deadline)

    def read(self) -> bytes:
        """Some bytes; none at the end."""
        return read(self._socket, _AT_ONCE, self.deadline)

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
