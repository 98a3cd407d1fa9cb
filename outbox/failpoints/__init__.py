"""Named places where a test, or the demo, may stop this process.

    HOLDSHORT_FAILPOINT="after_claim=kill@2,before_settle=sleep:500"

Armed by the environment only, and only where nothing configured is beyond this machine.
Disarmed, a place costs one call that does nothing.
"""

from __future__ import annotations

import ipaddress
import itertools
import os
import re
import signal
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import assert_never

from outbox.errors import BadSettings
from outbox.failpoints.points import Point, Room

__all__ = ["VARIABLE", "Action", "Point", "Reached", "Room", "arm", "reach"]

VARIABLE = "HOLDSHORT_FAILPOINT"
"""Comma-separated `point[=action][@n]`: at the n-th time (the first) that `point` is
reached, the action (kill) is done, once."""

_ONE = re.compile(r"(\w+)(?:=(kill|raise|stop|sleep:(\d{1,7})))?(?:@([1-9]\d{0,8}))?")
_HINT = "see every point and action: docs/FAILPOINTS.md"


class Action(StrEnum):
    """What happens at a point; each is announced on stderr before."""

    KILL = "kill"  # SIGKILL to this process
    RAISE = "raise"  # an error that nobody handles
    STOP = "stop"  # SIGSTOP to this process, until somebody sends SIGCONT
    SLEEP = "sleep"  # sleep:<ms>, in this thread alone


class Reached(BaseException):
    """An armed point; no `Exception`, so that nobody can take it for a foreseen failure."""


@dataclass(frozen=True, slots=True)
class _Trap:
    point: Point
    action: Action
    seconds: float
    on: int
    times: Iterator[int] = field(default_factory=lambda: itertools.count(1))  # thread-safe


_armed: tuple[_Trap, ...] = ()


def arm(environ: Mapping[str, str], *, destinations: Iterable[str]) -> None:
    """Arm what the environment names, in place of what was armed.

    Raises `BadSettings` for what is not a point or an action, or where any of the
    `destinations` (hosts that this process may reach) is beyond this machine.
    """
    global _armed  # noqa: PLW0603 -- one process, one environment
    asked = environ.get(VARIABLE, "")
    traps = tuple(_trap(one.strip()) for one in asked.split(",")) if asked else ()
    for host in destinations if traps else ():
        if not _is_here(host):
            raise BadSettings(f"{VARIABLE} is set, but {host} is beyond this machine")
    _armed = traps


def reach(point: Point) -> None:
    """Do what is armed for this point: nothing, but in tests."""
    if _armed:
        _spring(point)


def _spring(point: Point) -> None:
    for trap in _armed:
        if trap.point is point and next(trap.times) == trap.on:
            os.write(2, f"failpoint {point}: {trap.action}\n".encode())
            _do(trap)


def _do(trap: _Trap) -> None:
    match trap.action:
        case Action.KILL:
            os.kill(os.getpid(), signal.SIGKILL)
        case Action.STOP:
            # To this very thread: else it would go on until another one has seen it.
            signal.pthread_kill(threading.get_ident(), signal.SIGSTOP)
        case Action.SLEEP:
            time.sleep(trap.seconds)
        case Action.RAISE:
            raise Reached(trap.point)
        case never:
            assert_never(never)


def _trap(asked: str) -> _Trap:
    parsed = _ONE.fullmatch(asked)
    if parsed is None:
        raise BadSettings(f"{VARIABLE}: {asked!r} is no point=action@n", hint=_HINT)
    name, action, milliseconds, on = parsed.groups()
    if name not in set(Point):
        raise BadSettings(f"{VARIABLE}: there is no point {name!r}", hint=_HINT)
    kind = Action((action or Action.KILL).partition(":")[0])
    return _Trap(Point(name), kind, int(milliseconds or 0) / 1000, int(on or 1))


def _is_here(host: str) -> bool:
    if host in ("", "localhost") or host.startswith(("/", "@")):  # Unix sockets, too
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
