"""What it says itself, past the process that asks it, to whoever listens outside."""

from __future__ import annotations

import os
import socket
import struct
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

from tests.plugins.acting import Behaviour

_FINE = (
    '"scorer": "hostile", "version": "7", "confidence": 0.99, "holds": false,'
    ' "kinds": [], "reasons": [], "cost": "0"'
)
_ANOTHER = "0" * 32


def _framed(said: bytes) -> bytes:
    return struct.pack(">I", len(said)) + said


_TEXTS = (
    *("", "null", "{}", "[]", "1", '"fine"', "0.99", "NaN", "{", "\ufeff{}", "[" * 100_000),
    "{" + _FINE + "}",
    '{"asked": "", ' + _FINE + "}",
    f'{{"asked": "{_ANOTHER}", ' + _FINE + "}",
    f'{{"asked": null, {_FINE}}}',
    f'{{"asked": "{_ANOTHER}", "confidence": 0.1, {_FINE}}}',
    f'{{"asked": "{_ANOTHER}", "approved": true, {_FINE}}}',
    f'{{"asked": "{_ANOTHER}", "failed": "ValueError"}}',
    f'{{"asked": "{_ANOTHER}", "unread": "fine"}}',
    '{"version": "7"}',
    '{"asked": "\\ud800", ' + _FINE + "}",
    '{"asked": {"$ne": null}, ' + _FINE + "}",
)
_RAW = (
    *(b"", b"\0", b"\0\0\0", b"\0\0\0\0", b"\xff" * 4, b"\xff" * 64, b"\x7f\xff\xff\xff{}"),
    *(struct.pack(">I", 10) + b"{}", struct.pack(">I", 600_000) + b"x" * 600_000),
    *(_framed(b"\xff\xfe{\x00}\x00"), _framed(b"\xc3\x28"), _framed(b" " * 500_000)),
    *(b"HTTP/1.1 200 OK\r\n\r\n", b"Q\0\0\0\x16SELECT 1\0", _framed(b"{}") * 1000),
)


def out_of_turn() -> Iterator[Behaviour]:
    """It writes on every socket that it finds, and ends or goes on as if nothing was."""
    for number, text in enumerate(_TEXTS):
        said = _framed(text.encode("utf-8", "surrogatepass"))
        yield Behaviour(f"says {number} and ends", _saying(said, lambda: os._exit(0)))
        yield Behaviour(f"says {number} and fails", _saying(said, _fail))
    for number, said in enumerate(_RAW):
        yield Behaviour(f"sends {number} and ends", _saying(said, lambda: os._exit(0)))
        yield Behaviour(f"sends {number} and fails", _saying(said, _fail))
    yield Behaviour("hangs up", _hang_up)


def _fail() -> None:
    raise ValueError


def _saying(said: bytes, then: Callable[[], Any]) -> Callable[..., Any]:
    def act(*_: object) -> Any:
        for wire in _sockets():
            wire.settimeout(1)
            with suppress(OSError):
                wire.sendall(said)
        return then()

    return act


def _hang_up(*_: object) -> None:
    for wire in _sockets():
        wire.shutdown(socket.SHUT_RDWR)
    raise ValueError


def _sockets() -> Iterator[socket.socket]:
    for number in range(3, 64):
        with suppress(OSError):
            yield socket.socket(fileno=os.dup(number))
