"""AgentBarrier as a contestant: calls a second that it guards."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import mkdtemp

from deploy.bench.environments import peer_command
from deploy.bench.frame import Contestant, Figures, Place, Round
from deploy.bench.team import Team

WITHIN = timedelta(minutes=5)
PACKAGE = "agentbarrier"


def named(workers: int) -> str:
    return f"AgentBarrier, {workers} worker{'s' if workers > 1 else ''}"


def guarding(workers: int) -> Contestant:
    """That many processes, all of them on one file: that is how it is shared."""
    return Contestant(name=named(workers), opened=partial(_opened, workers))


@contextmanager
def _opened(workers: int, place: Place) -> Iterator[Round]:
    room = Path(mkdtemp(dir=place.room))
    command = [*peer_command(PACKAGE, "agentbarrier_peer"), "work"]
    environment = {
        "BENCH_FILE": str(room / "barrier.db"),
        "BENCH_SECONDS": str(place.amount(10, 3)),
    }

    def play() -> Figures:
        with Team(command, workers, room, environment) as team:
            team.go()
            return {"rate": sum(one["rate"] for one in team.ended(WITHIN))}

    yield play
