"""The same line, where much is finished and where an idle transaction is held open.

What is compared is what an item takes of the processor, in the server's processes and in ours:
that tells more of a table that grows than the wall clock of a machine that does other things.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import LiteralString

from deploy.bench.flat.line import AT_ONCE, Clock, Line
from deploy.bench.flat.seeding import seed
from deploy.bench.frame import Contestant, Figures, Place, Round
from deploy.bench.installation import installed
from deploy.bench.pipeline.contestant import MOVES, kept
from deploy.bench.queues import refreshed
from outbox.store import Connection, connect

EMPTY, FULL = "Holdshort, nothing finished", "Holdshort, very many finished"
FREE, PINNED = "Holdshort, nothing else", "Holdshort, an idle transaction"
FINISHED = (1_000_000, 20_000)
"""How many intents are finished, in a full run and in a short one."""
TRANSITIONS = (500_000, 24_000)
_QUEUES: LiteralString = """
    SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree('outbox.unpublished')"""


def finished(name: str, rows: tuple[int, int]) -> Contestant:
    """The line on a database in which so many intents are over."""
    return Contestant(name=name, opened=partial(_finished, rows))


def pinned(name: str, *, idle: bool) -> Contestant:
    """The line while somebody has begun a transaction and does not end it, or has not."""
    return Contestant(name=name, opened=partial(_pinned, idle))


@contextmanager
def _finished(rows: tuple[int, int], place: Place) -> Iterator[Round]:
    with installed(place) as ours, connect(ours.dsn, application="bench") as owner:
        if many := any(rows) and (place.finished or place.amount(*rows)):
            seed(ours.dsn, many, waiting=False)
        with Line(ours.logins) as line:
            line.through(Clock())  # what a session does for the first time is slow

            def play() -> Figures:
                refreshed(owner)
                return _played(line, place.amount(10, 3))

            yield play


@contextmanager
def _pinned(idle: bool, place: Place) -> Iterator[Round]:
    turns = place.amount(*TRANSITIONS) // (MOVES * AT_ONCE)

    def play() -> Figures:
        with installed(place) as ours, Line(ours.logins) as line:
            line.through(Clock())
            with (
                connect(ours.dsn, application="bench") as owner,
                _held_open(ours.dsn) if idle else nullcontext(),
            ):
                figures = _played(line, turns)
                kept(owner, line.sent)
                [(size,)] = owner.execute(_QUEUES).fetchall()
        return figures | {"queue": float(size)}

    yield play


@contextmanager
def _held_open(dsn: str) -> Iterator[Connection]:
    """Somebody who looks, has a number, and goes home: no dead row may be cleared away."""
    with connect(dsn, application="idle") as idle, idle.transaction(force_rollback=True):
        idle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        idle.execute("SELECT pg_current_xact_id()")
        yield idle


def _played(line: Line, turns: int) -> Figures:
    clock, begun = Clock(), time.monotonic()
    for _ in range(turns):
        line.through(clock)
    items = turns * AT_ONCE
    each = {f"cpu {step}": spent / items for step, spent in clock.seconds.items()}
    rate = items / (time.monotonic() - begun)
    return {"rate": rate, "per cpu": items / sum(clock.seconds.values()), **each}
