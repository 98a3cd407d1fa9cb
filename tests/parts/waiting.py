"""Waiting for something that happens in another process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event
from time import monotonic

_GLANCE = timedelta(milliseconds=20)


def wait_until(condition: Callable[[], bool], within: timedelta, why: str) -> None:
    """Look until `condition` holds; AssertionError with `why` if it does not in time."""
    deadline = monotonic() + within.total_seconds()
    while not condition():
        if monotonic() > deadline:
            raise AssertionError(f"not within {within}: {why}")
        Event().wait(_GLANCE.total_seconds())


def stands_still(pid: int) -> bool:
    """The signal alone stops none but the thread that takes it: the others may run on."""
    threads = Path(f"/proc/{pid}/task").glob("*/stat")
    return all(one.read_text("utf-8").rpartition(") ")[2].startswith("T") for one in threads)
