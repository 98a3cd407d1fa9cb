"""One run: a server of its own, goal after goal."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog

from deploy.bench import telling
from deploy.bench.frame import Goal, Place
from deploy.bench.judging import Judgement
from deploy.bench.playing import Playing
from deploy.local.postgres import EmbeddedPostgres
from outbox.store import connect

SERVER = {"max_connections": "200"}
"""Room for eight workers with a connection for each of their threads."""


@dataclass(frozen=True, slots=True)
class Run:
    """Everything that was found so far."""

    facts: dict[str, str]
    judgements: list[Judgement] = field(default_factory=list)

    def kept(self) -> dict[str, object]:
        """All of it, with every round as it was played."""
        raw = {one.goal.name: dict(one.played) for one in self.judgements}
        return {"facts": self.facts, "rounds": raw, **telling.result(self.judgements, [])}


def run(
    goals: Sequence[Goal],
    rounds: int,
    tell: Callable[[str], None],
    *,
    short: bool,
    finished: int | None = None,
) -> Iterator[Run]:
    """Play one goal after the other; gives what is found so far after each.

    Raises `Broken` where a promise of ours did not hold, and `DependencyDown`.
    """
    with TemporaryDirectory(prefix="holdshort-bench-") as directory:
        room = Path(directory)
        room.chmod(0o711)  # a database server started by root runs as somebody else
        with quietly(), EmbeddedPostgres(room / "postgres", settings=SERVER) as server:
            with connect(server, application="bench") as db:
                version = db.info.parameter_status("server_version") or ""
            found = Run(telling.facts(rounds, short=short, server=version))
            place = Place(server=server, room=room, short=short, finished=finished)
            playing = Playing(rounds, tell)
            for goal in goals:
                found.judgements.append(playing.play(goal, place))
                yield found


@contextmanager
def quietly() -> Iterator[None]:
    """Without the lines of the stages that are played in this process."""
    before = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    try:
        yield
    finally:
        structlog.configure(**before)
