"""Waiting for something that happens in another process."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
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
