"""Keep the processes of the pipeline running on one machine.

A stage that dies is started again; that is all a supervisor may do, since what it was
doing is the sweeper's affair.  Everything ends with the supervisor.
"""

from __future__ import annotations

import datetime as dt
import signal
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

import structlog

from deploy.local.children import Child

log = structlog.get_logger()

ROLES = (
    *("relay", "scorer", "router", "granter"),
    *("sender", "sender", "sweeper", "attester"),
)
"""What `start_all` starts: two senders, since one may die."""

ASKED_FOR = {"intake": "HOLDSHORT_INTAKE", "notifier": "HOLDSHORT_NOTIFY"}
"""What it starts, too, if this setting says where, or whom to tell."""

PATIENCE = dt.timedelta(seconds=20)
"""How long a process may drain before it is killed."""
PAUSE = dt.timedelta(seconds=1)


class Supervisor:
    """Runs roles as child processes with one environment, each with its own log file.

    A role that `logins` names gets the database by that DSN, whatever the environment says.
    As a context manager it drains them all at the end of the block.
    """

    def __init__(
        self, logs: Path, environment: Mapping[str, str], logins: Mapping[str, str]
    ) -> None:
        self._logs = logs
        self._environment = dict(environment)
        self._dsns = {role: {"HOLDSHORT_DSN": dsn} for role, dsn in logins.items()}
        self._children: dict[str, Child] = {}

    def start_all(self) -> None:
        """Start one process for each of `ROLES`, and of `ASKED_FOR` whose setting is there."""
        asked_for = [r for r, setting in ASKED_FOR.items() if self._environment.get(setting)]
        for role in (*ROLES, *asked_for):
            self.start(role)

    def start(self, role: str, **extra: str) -> Child:
        """Start one more process of this role; `extra` joins its first environment."""
        number = sum(name.startswith(f"{role}-") for name in self._children) + 1
        return self._bear(f"{role}-{number}", extra)

    @property
    def children(self) -> dict[str, Child]:
        """Every process by its name, as it is now: a restart puts another in its place."""
        return dict(self._children)

    def restart_the_dead(self) -> None:
        """Start again what has ended."""
        for name, child in list(self._children.items()):
            if child.exit_code is not None:
                last_words = child.said().strip().splitlines()[-1:]
                log.warning("process died", name=name, code=child.exit_code, said=last_words)
                self._bear(name, {})

    def watch(self, stop: threading.Event) -> None:
        """Restart whatever dies until `stop` is set."""
        while not stop.wait(PAUSE.total_seconds()):
            self.restart_the_dead()

    def stop(self) -> None:
        """Drain them all at once, and kill who does not end in time."""
        for child in self._children.values():
            child.signal(signal.SIGTERM)
        for child in self._children.values():
            if not child.ended(PATIENCE):
                child.kill()
        self._children.clear()

    def __enter__(self) -> Supervisor:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _bear(self, name: str, extra: Mapping[str, str]) -> Child:
        role = name.rpartition("-")[0]
        place = list(self._children).index(name) if name in self._children else None
        port = _port(self._environment, len(self._children) if place is None else place)
        self._children[name] = Child(
            [sys.executable, "-m", "deploy.cli", "run", role],
            log=self._logs / f"{name}.log",
            env={**self._environment, **self._dsns.get(role, {}), **port, **extra},
        )
        return self._children[name]


def _port(environment: Mapping[str, str], place: int) -> dict[str, str]:
    """Every process has its own health port: the given one, and those after it."""
    host, _, first = environment.get("HOLDSHORT_HTTP", "").rpartition(":")
    return {"HOLDSHORT_HTTP": f"{host}:{int(first) + place}"} if first else {}
