"""What is said between a scoring process and a room: parts of bytes, each with its length."""

from __future__ import annotations

import socket
import struct
import time
from math import inf

_LENGTH = struct.Struct(">I")


def send(wire: socket.socket, *parts: bytes, until: float = inf) -> None:
    """Say these.  Raises `TimeoutError` at `until`, on the clock of `time.monotonic`."""
    said = b"".join(_LENGTH.pack(len(part)) + part for part in parts)
    wire.settimeout(_left(until))
    wire.sendall(said)


def receive(wire: socket.socket, *, most: int, until: float = inf) -> bytes:
    """Hear one part.

    Raises `ValueError` if it is longer than `most`, `EOFError` if the other side is gone,
    and `TimeoutError`.
    """
    [length] = _LENGTH.unpack(_exactly(wire, _LENGTH.size, until))
    if length > most:
        raise ValueError(f"{length} bytes are too many")
    return _exactly(wire, length, until)


def _exactly(wire: socket.socket, length: int, until: float) -> bytes:
    heard = bytearray()
    while len(heard) < length:
        wire.settimeout(_left(until))
        part = wire.recv(min(length - len(heard), 1 << 20))
        if not part:
            raise EOFError
        heard += part
    return bytes(heard)


def _left(until: float) -> float | None:
    if until == inf:
        return None
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return left
