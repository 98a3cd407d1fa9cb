"""Ways to raise, to die, to hang, and to take all memory."""

from __future__ import annotations

import asyncio
import builtins
import ctypes
import os
import re
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NoReturn

from tests.plugins.acting import Behaviour, doing

_SIGNALS = ("KILL", "SEGV", "ABRT", "BUS", "ILL", "FPE", "TERM", "QUIT", "HUP", "SYS", "PIPE")


def raising() -> Iterator[Behaviour]:
    """Every exception that Python has, and some that it has not."""
    for name, kind in sorted(vars(builtins).items()):
        if isinstance(kind, type) and issubclass(kind, BaseException):
            yield Behaviour(f"raises {name}", _raising(kind))
    for words in ("to ada@example.org", "\0", "\ud800", "x" * 1_000_000):
        yield Behaviour(f"says {words[:9]!r}", _raising(partial(ValueError, words)))
    for name in ("Approved", "x" * 500, "no word", "\n", "Ünwort"):
        kind = type(name, (Exception,), {})
        yield Behaviour(f"raises an odd {name[:9]!r}", _raising(kind))
    yield Behaviour("raises a group", _raising(lambda: ExceptionGroup("x", [ValueError()])))
    yield Behaviour("raises CancelledError", _raising(asyncio.CancelledError))


def ending() -> Iterator[Behaviour]:
    """It ends its process, in one way or another."""
    for code in (0, 1, 2, 3, 127, 255):
        yield doing(f"_exit {code}", partial(os._exit, code))
        yield doing(f"exit {code}", partial(sys.exit, code))
    for name in _SIGNALS:
        yield doing(f"signal {name}", partial(_signal, signal.Signals[f"SIG{name}"]))
    yield doing("reads where nothing is", partial(ctypes.string_at, 0))
    yield doing("aborts", os.abort)
    yield doing("execs", partial(os.execv, "/bin/true", ["true"]))
    yield doing("closes all", partial(os.closerange, 0, 256))


def hanging() -> Iterator[Behaviour]:
    """It never answers."""

    def spins() -> None:
        while True:
            pass

    def deaf() -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGALRM):
            signal.signal(number, signal.SIG_IGN)
        time.sleep(3600)

    hangs: dict[str, Callable[[], Any]] = {
        "spins": spins,
        "sleeps": lambda: time.sleep(3600),
        "keeps the interpreter": lambda: re.match("(a+)+$", "a" * 64 + "!"),
        "waits for itself": lambda: threading.Event().wait(),
        "is deaf": deaf,
        "stops": partial(_signal, signal.SIGSTOP),
    }
    for name, hang in hangs.items():
        yield doing(name, hang)


def eating() -> Iterator[Behaviour]:
    """It asks for more than there is."""

    def deep(number: int) -> int:
        return deep(number + 1) + 1

    def more() -> None:
        kept = []
        while True:
            kept.append(bytearray(256 * 1024**2))

    eats: dict[str, Callable[[], Any]] = {
        "recurses": lambda: deep(0),
        "eats at once": lambda: bytearray(64 * 1024**3),
        "eats on": more,
        "repeats": lambda: "x" * (1 << 45),
        "opens all files": lambda: [open(os.devnull) for _ in range(10**6)],  # noqa: SIM115
    }
    for name, eat in eats.items():
        yield doing(name, eat)


def _signal(number: signal.Signals) -> None:
    os.kill(os.getpid(), number)


def _raising(kind: Callable[[], BaseException]) -> Callable[..., Any]:
    def act(*_: object) -> NoReturn:
        raise kind()  # some take arguments: then it is a TypeError

    return act
