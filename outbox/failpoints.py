"""Named places where a test, or the demo, may kill this process.

Armed by the environment only, and only where nothing can reach the outside world.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping
from enum import StrEnum

from outbox.errors import BadSettings

VARIABLE = "HOLDSHORT_FAILPOINT"
"""Holds the name of one `Point`; reaching it kills the process with SIGKILL."""


class Point(StrEnum):
    AFTER_CLAIM = "after_claim"  # leased, nothing done yet
    BEFORE_PERMIT = "before_permit"  # the whole body is at the server, the dot is not
    AFTER_PERMIT = "after_permit"  # the permit is recorded, the dot is not written
    AFTER_DOT = "after_dot"  # the bytes are out, the answer is not read
    AFTER_REPLY = "after_reply"  # the server said yes, nothing says so here


_armed: set[Point] = set()


def arm(environ: Mapping[str, str], *, destination: str) -> None:
    """Arm what the environment names.

    Raises `BadSettings` for an unknown name, or where `destination` (the host that a
    sender would reach) is not on loopback.
    """
    name = environ.get(VARIABLE, "")
    if not name:
        return
    if name not in list(Point):
        raise BadSettings(f"{VARIABLE}={name} is not one of {', '.join(Point)}")
    if destination not in ("127.0.0.1", "::1", "localhost"):
        raise BadSettings(f"{VARIABLE} is set, but mail would go to {destination}")
    _armed.add(Point(name))


def reach(point: Point) -> None:
    """Die here, if this is the armed point."""
    if point in _armed:
        os.kill(os.getpid(), signal.SIGKILL)
