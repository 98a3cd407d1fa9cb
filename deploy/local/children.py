"""Processes that do not outlive the one that started them.

A child is told by the kernel when its owner ends, even by SIGKILL (see `leash`).  It
leads a session of its own, so Ctrl-C in the owner's terminal reaches the owner alone
and the owner decides in which order its children end.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from time import monotonic

from outbox.errors import DependencyDown

# The kernel pulls the leash when the *thread* that forked ends, not the process.  So
# every child is born in this one, which ends only with the interpreter.
_BIRTHS = ThreadPoolExecutor(max_workers=1, thread_name_prefix="births")
_LEASH = Path(__file__).with_name("leash.py")
_GLANCE = 0.02  # seconds between two looks at something that is not ready yet


class Child:
    """A running program; as a context manager it is killed at the end of the block.

    `command[0]` is an absolute path.  What the child says goes to the end of `log`.
    When the owner ends without a word, the child gets `orphaned`.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        *,
        log: Path,
        orphaned: signal.Signals = signal.SIGKILL,
        user: str = "",
        env: Mapping[str, str] | None = None,
    ) -> None:
        leash = (sys.executable, "-I", "-S", _LEASH, str(os.getpid()), str(int(orphaned)), user)
        self.log = log
        self._born_at = log.stat().st_size if log.exists() else 0
        self._process = _BIRTHS.submit(_bear, (*leash, *command), log, env).result()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; minus the signal's number if a signal ended it."""
        return self._process.poll()

    def said(self) -> str:
        """What this child has written to its log so far."""
        with self.log.open("rb") as log:
            log.seek(self._born_at)
            return log.read().decode(errors="replace")

    def ended(self, within: timedelta) -> bool:
        """Wait for it to end by itself; False if it still runs."""
        try:
            self._process.wait(within.total_seconds())
        except subprocess.TimeoutExpired:
            return False
        return True

    def wait_until(self, ready: Callable[[], bool], within: timedelta) -> None:
        """Wait for `ready`; DependencyDown, with what it said, if it ends or takes longer."""
        deadline = monotonic() + within.total_seconds()
        while not ready():
            if self.ended(timedelta(seconds=_GLANCE)):
                raise DependencyDown(f"it ended with {self.exit_code}: {self.said()[-2000:]}")
            if monotonic() > deadline:
                raise DependencyDown(f"not ready within {within}: {self.said()[-2000:]}")

    def stop(self, politely: signal.Signals, within: timedelta) -> None:
        """Ask it to end, and kill it if it has not within the time."""
        self.signal(politely)
        if not self.ended(within):
            self.kill()

    def kill(self) -> None:
        """End it and its process group, now."""
        self.signal(signal.SIGKILL)
        self._process.wait()

    def signal(self, number: signal.Signals) -> None:
        """Signal its process group; nothing happens if it has ended."""
        if self.exit_code is None:
            os.killpg(self.pid, number)

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()


def _bear(
    command: Sequence[str | Path], log: Path, env: Mapping[str, str] | None
) -> subprocess.Popen[bytes]:
    with log.open("ab") as out:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            env=env,
        )
