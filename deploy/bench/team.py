"""Worker processes that begin together, and say how far they are.

A worker says `ready` once it is, waits until the file that `BENCH_GATE` names is there, and
then says lines of JSON with `done`, how much it has done, and `first`, when it did the
first, in seconds of the machine's monotonic clock.  So peers in any language are measured
by the same few lines, and nobody is charged for how long it takes to start.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

from deploy.local.children import Child
from outbox.errors import DependencyDown

START_WITHIN = timedelta(minutes=2)
_GLANCE = 0.01
READY = "ready"

Report = dict[str, float]
"""What a worker said last; nothing as long as it has done nothing."""


class Team:
    """As many processes of one command; they are killed at the end of the block."""

    def __init__(
        self,
        command: Sequence[str | Path],
        workers: int,
        room: Path,
        environment: Mapping[str, str],
    ) -> None:
        self._command = command
        self._workers = workers
        self._room = room
        self._gate = room / "gate"
        self._environment = {**os.environ, **environment, "BENCH_GATE": str(self._gate)}
        self._children: list[Child] = []
        self._running = ExitStack()

    def __enter__(self) -> Team:
        self._gate.unlink(missing_ok=True)
        with ExitStack() as starting:
            self._children = [
                starting.enter_context(self._child(n)) for n in range(self._workers)
            ]
            for child in self._children:
                child.wait_until(_is_ready(child), START_WITHIN)
            self._running = starting.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._running.close()

    def _child(self, number: int) -> Child:
        told = {**self._environment, "BENCH_NUMBER": str(number)}
        return Child(self._command, log=self._room / f"worker-{number}.log", env=told)

    def go(self) -> None:
        """Let all begin."""
        self._gate.touch()

    def done(self, total: int, within: timedelta) -> list[Report]:
        """Wait until all together have done so many.  Raises `DependencyDown`."""
        deadline = time.monotonic() + within.total_seconds()
        while True:
            ended = any(child.exit_code is not None for child in self._children)
            found = self._reports()
            if sum(one.get("done", 0) for one in found) >= total:
                return found
            if ended or time.monotonic() > deadline:
                raise DependencyDown(f"not done: {found}; {self._last_words()}")
            time.sleep(_GLANCE)

    def ended(self, within: timedelta) -> list[Report]:
        """Wait until each has ended well, by itself.  Raises `DependencyDown`."""
        deadline = time.monotonic() + within.total_seconds()
        for child in self._children:
            left = timedelta(seconds=max(deadline - time.monotonic(), 0))
            if not child.ended(left) or child.exit_code != 0:
                raise DependencyDown(f"it did not end well: {self._last_words()}")
        return self._reports()

    def _reports(self) -> list[Report]:
        return [_report(child.said()) for child in self._children]

    def _last_words(self) -> str:
        return "\n".join(child.said()[-1000:] for child in self._children)


def _is_ready(child: Child) -> Callable[[], bool]:
    return lambda: READY in child.said().splitlines()


def _report(said: str) -> Report:
    """Of the last whole line that is one."""
    lines = said[: said.rfind("\n") + 1].splitlines()
    return next((json.loads(line) for line in reversed(lines) if line[:1] == "{"), {})
