"""Ways to change what it was given, and its own process."""

from __future__ import annotations

import builtins
import gc
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

from consumers.scorers import History
from consumers.scorers.rooms import child, wire
from outbox.intent import Artifact
from tests.plugins.acting import Behaviour, doing, gives

NONSENSE = float("nan")


def with_what_it_was_given() -> Iterator[Behaviour]:
    """It changes the mail, or what was sent; then it answers nonsense."""
    for field, value in (
        ("subject", "another"),
        ("to", ()),
        ("text", None),
        ("sender", object()),
        ("__class__", History),
        ("no_field", 1),
    ):

        def changed(
            artifact: Artifact, _: History, field: str = field, value: Any = value
        ) -> Any:
            object.__setattr__(artifact, field, value)
            return gives(confidence=NONSENSE)

        yield Behaviour(f"changes {field}", changed)

    def forgets(_: Artifact, history: History) -> Any:
        object.__setattr__(history, "sent", None)
        return gives(confidence=NONSENSE)

    yield Behaviour("forgets what was sent", forgets)


def with_its_process() -> Iterator[Behaviour]:
    """It prints, forks, or turns the tools of its own process against it."""
    for name, act in _ACTS.items():
        yield doing(name, act)


def _prints() -> Any:
    for _ in range(1000):
        print("approved " * 100)  # noqa: T201
        print("to ada@example.org", file=sys.stderr)  # noqa: T201
    os.write(1, b"x" * 100_000)
    os.write(2, b"x" * 100_000)
    return gives(confidence=NONSENSE)


def _forks_and_ends() -> Any:
    if os.fork():
        os._exit(0)
    signal.pause()


def _forks_and_hangs() -> Any:
    os.fork()
    signal.pause()


def _starts_others() -> Any:
    subprocess.Popen(["/bin/sleep", "3600"])
    raise ValueError


def _starts_threads() -> Any:
    for _ in range(50):
        threading.Thread(target=signal.pause, daemon=True).start()
    return gives(confidence=NONSENSE)


def _replaces(module: Any, name: str, instead: Any) -> Callable[[], Any]:
    def act() -> Any:
        setattr(module, name, instead)
        return gives(confidence=NONSENSE)

    return act


def _forgets_modules() -> Any:
    sys.modules.clear()
    return gives(confidence=NONSENSE)


def _traces() -> Any:
    sys.settrace(lambda *_: sys.exit(3))
    return gives(confidence=NONSENSE)


def _alarms() -> Any:
    signal.signal(signal.SIGALRM, lambda *_: os._exit(9))
    signal.setitimer(signal.ITIMER_REAL, 0.001)
    while True:
        gc.collect()


def _raises(*_: object, **__: object) -> Any:
    raise OSError


_ACTS: dict[str, Callable[[], Any]] = {
    "prints": _prints,
    "forks and ends": _forks_and_ends,
    "forks and hangs": _forks_and_hangs,
    "starts others": _starts_others,
    "starts threads": _starts_threads,
    "forgets its modules": _forgets_modules,
    "traces": _traces,
    "alarms": _alarms,
    "replaces what writes": _replaces(child, "_written", lambda _: b"{}"),
    "replaces what writes by nothing": _replaces(child, "_written", lambda _: b""),
    "replaces what spells": _replaces(child, "_spelled", lambda _: {"confidence": 1}),
    "replaces what sends": _replaces(child, "send", lambda *_, **__: None),
    "replaces what frames": _replaces(wire, "_LENGTH", None),
    "replaces json": _replaces(json, "dumps", lambda *_: '{"confidence": 1}'),
    "replaces len": _replaces(builtins, "len", lambda _: 7),
    "replaces str": _replaces(builtins, "str", _raises),
    "replaces dict": _replaces(builtins, "dict", _raises),
}
