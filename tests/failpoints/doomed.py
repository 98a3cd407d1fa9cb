"""Processes that are told where to stop, by the dozen.

Each is forked from one that has imported everything: a matrix of points and actions would
else spend its time on imports.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path

from outbox.failpoints import Action, Point
from tests.crash.pipeline import PATIENCE
from tests.parts.waiting import wait_until

_NURSERY = multiprocessing.get_context("forkserver")
_NURSERY.set_forkserver_preload(["deploy.running", "deploy.commands.operate", __name__])


@dataclass(frozen=True, slots=True)
class Forked:
    """`holdshort run` in a process of its own."""

    process: BaseProcess
    log: Path

    @property
    def pid(self) -> int:
        assert self.process.pid is not None
        return self.process.pid

    def says(self, words: str) -> None:
        """Wait until its log has these words."""
        wait_until(
            lambda: words in self.log.read_text("utf-8"),
            PATIENCE,
            f"{words!r} in {self.log.read_text('utf-8')[-1000:]}",
        )

    def acts(self, point: Point, action: Action) -> None:
        """Wait until it has come to its point, and for its end if it ends there."""
        self.says(f"failpoint {point}: {action}\n")
        if action in (Action.KILL, Action.RAISE):
            self.process.join(PATIENCE.total_seconds())
            assert self.process.exitcode == (-signal.SIGKILL if action is Action.KILL else 1)

    def goes_on_and_ends(self) -> None:
        """Wake it if it is stopped, and drain it."""
        if self.process.is_alive():
            self.process.terminate()
            os.kill(self.pid, signal.SIGCONT)
            self.process.join(PATIENCE.total_seconds())
            assert self.process.exitcode == 0, self.log.read_text("utf-8")


def forked(role: str, environment: Mapping[str, str], log: Path) -> Forked:
    log.touch()
    process = _NURSERY.Process(target=_run, args=(role, dict(environment), log), daemon=True)
    process.start()
    return Forked(process, log)


def _run(role: str, environment: dict[str, str], log: Path) -> None:
    from deploy import cli

    said = os.open(log, os.O_WRONLY | os.O_APPEND)
    os.dup2(said, 1)
    os.dup2(said, 2)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = ["holdshort", "run", role]
    cli.main()
