"""The pipeline as a contestant: items a second, and nothing promised broken meanwhile."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import mkdtemp
from typing import LiteralString

from deploy.bench.frame import Broken, Contestant, Figures, Place, Round
from deploy.bench.installation import installed
from deploy.bench.queues import refreshed
from deploy.bench.team import Team
from outbox.store import Connection, connect

COMMAND = (sys.executable, "-m", "deploy.bench.pipeline.worker")
WITHIN = timedelta(minutes=10)
STAGES = 5
"""Of an item: proposed, scored, routed, approved, sent."""
MOVES = 8
"""Rows of the law that an item goes by from unborn to sent."""
COUNTS: LiteralString = """
    SELECT (SELECT count(*) FROM outbox.intent),
           (SELECT count(*) FROM outbox.intent WHERE state = 'sent'),
           (SELECT count(DISTINCT intent_id) FROM outbox.receipt WHERE kind = 'permit'),
           (SELECT count(*) FROM outbox.receipt WHERE kind = 'permit'),
           (SELECT count(*) FROM outbox.receipt WHERE kind = 'sent')"""


def named(workers: int) -> str:
    return f"Holdshort, {workers} worker{'s' if workers > 1 else ''}"


def pipeline(workers: int) -> Contestant:
    """All of it, by so many processes."""
    return Contestant(name=named(workers), opened=partial(_opened, workers))


@contextmanager
def _opened(workers: int, place: Place) -> Iterator[Round]:
    room = Path(mkdtemp(dir=place.room))
    with installed(place) as ours, connect(ours.dsn, application="bench") as owner:
        environment = {
            "BENCH_DSNS": json.dumps(ours.logins),
            "BENCH_TRUST": str(ours.trust),
            "BENCH_SECONDS": str(place.amount(10, 3)),
        }
        left = 0

        def play() -> Figures:
            nonlocal left
            refreshed(owner)
            with Team(COMMAND, workers, room, environment) as team:
                team.go()
                found = team.ended(WITHIN)
            left += sum(int(one["sent"]) for one in found)
            kept(owner, left)
            rate = sum(one["rate"] for one in found)
            return {"rate": rate, "stages": STAGES * rate, "moves": MOVES * rate}

        yield play


def kept(owner: Connection, left: int) -> None:
    """Raise `Broken` unless everything was sent, once, with one permit and its receipt.

    `left` is how often anything has left, by the count of the channels.
    """
    [counts] = owner.execute(COUNTS).fetchall()
    if set(counts) != {left}:
        names = ("proposed", "sent", "permitted", "permits", "receipts of it")
        found = ", ".join(f"{count} {name}" for count, name in zip(counts, names, strict=True))
        raise Broken(f"{left} have left the building, and the books say: {found}")
