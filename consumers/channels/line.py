"""A line to the other side, whatever is spoken over it: connect, TLS, bytes, deadlines.

It knows no outcome.  What the network does wrong stops the attempt in its present phase.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import socket
import ssl
import time
from collections.abc import Iterator, Sequence
from enum import StrEnum


class Broken(StrEnum):
    """How a line fails: two of every channel's events."""

    NO_ANSWER = "no_answer"  # closed, reset, out of time, malformed, truncated
    DISTRUST = "distrust"  # its TLS failed, or it is somebody else


class Stopped(Exception):
    """The attempt ends in its present phase; the outcome table says what that means."""

    def __init__(self, event: StrEnum, reason: str) -> None:
        super().__init__(reason)
        self.event = event
        """One of its channel's."""
        self.reason = reason


class Deadline:
    """The end of a phase, on the monotonic clock."""

    def __init__(self, within: dt.timedelta) -> None:
        self._at = time.monotonic() + within.total_seconds()

    def remaining(self) -> float:
        """Seconds left, more than zero.  Raises `Stopped` when there are none."""
        left = self._at - time.monotonic()
        if left <= 0:
            raise Stopped(Broken.NO_ANSWER, "no answer in time")
        return left


@contextlib.contextmanager
def network_failures() -> Iterator[None]:
    """Whatever the network does wrong means: no answer."""
    try:
        yield
    except TimeoutError as failure:
        raise Stopped(Broken.NO_ANSWER, "no answer in time") from failure
    except OSError as failure:
        raise Stopped(Broken.NO_ANSWER, f"the connection broke: {failure}") from failure


def first_to_answer(addresses: Sequence[str], port: int, deadline: Deadline) -> socket.socket:
    """Connected to the first of these that takes it, one after the other."""
    refusals = []
    for address in addresses:
        try:
            with network_failures():
                return socket.create_connection((address, port), deadline.remaining())
        except Stopped as refusal:
            refusals.append(f"{address}: {refusal.reason}")
    raise Stopped(Broken.NO_ANSWER, "; ".join(refusals))


def wrapped(line: socket.socket, context: ssl.SSLContext, name: str) -> ssl.SSLSocket:
    """For TLS that is not made yet: from here on this is the socket, and not `line`."""
    with network_failures():
        return context.wrap_socket(line, server_hostname=name, do_handshake_on_connect=False)


def encrypt(tls: ssl.SSLSocket, deadline: Deadline) -> None:
    """Make TLS; the chain and the name are verified, or this does not return."""
    with network_failures():
        tls.settimeout(deadline.remaining())
        try:
            tls.do_handshake()
        except (ssl.SSLEOFError, ssl.SSLZeroReturnError):
            raise  # hung up: that says nothing about who it is
        except ssl.SSLError as failure:
            raise Stopped(Broken.DISTRUST, f"TLS failed: {failure}") from failure


def write(line: socket.socket, content: bytes | memoryview, deadline: Deadline) -> None:
    """All of it, and in one piece where the network takes it so."""
    rest = memoryview(content)
    with network_failures():
        while rest:
            line.settimeout(deadline.remaining())
            rest = rest[line.send(rest) :]


def read(line: socket.socket, most: int, deadline: Deadline) -> bytes:
    """Some bytes; none at the end."""
    with network_failures():
        line.settimeout(deadline.remaining())
        return line.recv(most)
