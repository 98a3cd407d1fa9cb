"""Queues that are drained of no-ops: how many a second, each at its best."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import LiteralString

from deploy.bench.environments import peer_command
from deploy.bench.frame import Contestant, Figures, Place, Round
from deploy.bench.team import Team
from deploy.local.databases import temporary_database, url
from outbox.errors import DependencyDown
from outbox.store import Connection, connect

WITHIN = timedelta(minutes=3)
MOVES = 2
"""What becomes of a no-op, and is durable: it is taken, and it is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """A peer, and how one sees that it has done everything."""

    name: str
    package: str
    adapter: str
    """A file of `peers`: a module for Python, or a script for Node."""
    left: LiteralString
    """Counts what is not yet recorded as done."""
    jobs: tuple[int, int] = (40_000, 10_000)
    """How many no-ops a round has, in a full and in a short run."""


def draining(queue: Queue, workers: int) -> Contestant:
    """That queue, drained by so many processes."""
    return Contestant(name=queue.name, opened=partial(_opened, queue, workers))


@contextmanager
def _opened(queue: Queue, workers: int, place: Place) -> Iterator[Round]:
    room = place.room / queue.package
    room.mkdir()
    command = peer_command(queue.package, queue.adapter)
    jobs = place.amount(*queue.jobs)
    with (
        temporary_database(place.server) as dsn,
        connect(dsn, application="bench") as watching,
    ):
        environment = {"BENCH_DSN": url(dsn)}

        def play() -> Figures:
            _step([*command, "fill", str(jobs)], environment)
            refreshed(watching)
            with Team([*command, "work"], workers, room, environment) as team:
                rate = jobs / _drained(team, jobs, queue, watching)
            return {"rate": rate, "stages": rate, "moves": MOVES * rate}

        yield play


def refreshed(connection: Connection) -> None:
    """What every round begins with: nothing dead, known statistics, nothing to write back."""
    connection.execute("VACUUM ANALYZE")
    connection.execute("CHECKPOINT")


def _drained(team: Team, jobs: int, queue: Queue, watching: Connection) -> float:
    """Seconds from the first no-op until the last is recorded as done."""
    team.go()
    found = team.done(jobs, WITHIN)
    deadline = time.monotonic() + WITHIN.total_seconds()
    while watching.execute(queue.left).fetchone() != (0,):
        if time.monotonic() > deadline:
            raise DependencyDown(f"{queue.name} has called everything, and says it has not")
    return time.monotonic() - min(one["first"] for one in found if one)


def _step(command: list[str], environment: dict[str, str]) -> None:
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False, timeout=600
    )
    if done.returncode != 0:
        raise DependencyDown(f"{command[-2:]}: {done.stderr[-2000:]}")
