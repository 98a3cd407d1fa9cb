"""One process of the pipeline: its threads, its signals, its health.

SIGTERM drains: nothing new is claimed, what is in hand is settled, a clean stop strands
nothing.  A thread that fails ends the process after the others have drained; whoever
supervises starts it again.
"""

from __future__ import annotations

import datetime as dt
import gc
import signal
import threading
from collections.abc import Callable, Sequence

from outbox.failpoints import Point, reach

GLANCE = dt.timedelta(milliseconds=250)
"""How soon a signal is noticed that another thread was given."""

Loop = Callable[[threading.Event], None]
"""Runs in a thread of its own until the event is set."""


class Process:
    """Runs loops until a signal, or until one of them fails."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self._failures: list[BaseException] = []

    def unready(self) -> list[str]:
        """Why it should be given no more work."""
        return ["draining"] if self.stopping.is_set() else []

    def run(self, loops: Sequence[Loop], *, keeper: Loop | None = None) -> None:
        """Run every loop; `keeper` goes on until all of them have ended.

        Raises what the first failing loop raised.
        """
        drained = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())
        gc.freeze()  # what a process begins with, it keeps
        reach(Point.STARTED)
        kept = [self._start(keeper, drained)] if keeper else []
        working = [self._start(loop, self.stopping) for loop in loops]
        # A signal may reach any thread, and only this one handles it: so it wakes up.
        while not self.stopping.wait(GLANCE.total_seconds()):
            pass
        reach(Point.DRAINING)
        # A second signal does not wait for the drain.
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_DFL)
        for thread in working:
            thread.join()
        reach(Point.DRAINED)
        drained.set()
        for thread in kept:
            thread.join()
        reach(Point.ENDED)
        for failure in self._failures:
            raise failure

    def _start(self, loop: Loop, stop: threading.Event) -> threading.Thread:
        thread = threading.Thread(target=self._guarded, args=(loop, stop), daemon=True)
        thread.start()
        return thread

    def _guarded(self, loop: Loop, stop: threading.Event) -> None:
        try:
            loop(stop)
        except BaseException as failure:  # carried to the main thread, raised there
            self._failures.append(failure)
            self.stopping.set()
