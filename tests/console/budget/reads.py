"""Every read of a screen, by name: what a page asks of the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from sqlalchemy import Connection, Engine

from outbox.calibration.reading import channels
from outbox.screens.agents import agents, hours
from outbox.screens.fingerprint import fingerprint
from outbox.screens.item import item
from outbox.screens.lists import Which, listed
from outbox.screens.numbers import ages, numbers
from outbox.screens.system import caps_in_use, processes, system
from outbox.search.asking import asked
from outbox.search.finding import found

Read = Callable[[Connection], object]

SEARCHES = (
    "",
    "to:rare@rare.example",
    "to:desk@frequent.example",
    "to:nobody@nowhere.example",
    "to:@rare.example",
    "to:@example.org",
    "to:@nowhere.example",
    "agent:rare-agent",
    "agent:billing",
    "agent:nobody",
    "score:<0.05",
    "score:<0.3",
    "score:>=0.9",
    "score:=0.12345",
    "state:in_review",
    "state:sent",
    "state:rejected",
    "state:stranded",
    "key:key-77",
    "key:nothing",
    "id:77",
    "invoice",
    "zeppelin",
    "nothing-like-it",
    "agent:billing to:@example.org",
    "agent:billing to:@frequent.example state:stranded",
    "to:@frequent.example zeppelin",
    "to:@example.org agent:support score:<0.4 state:rejected nothing-like-it",
    "state:sent score:<0.05",
    "state:in_review score:<0.6",
    "score:<0.5 state:sent nothing-like-it",
)
"""Of values that are frequent, rare and not there at all; alone, and where none is rare."""


def reads(connection: Connection) -> Iterator[tuple[str, Read]]:
    """All of them, for this database."""
    for which in Which:
        yield f"list {which}", partial(listed, which=which)
        if (later := listed(connection, which).later) is not None:
            yield f"list {which}, page 2", partial(listed, which=which, after=later)
    for line in (*SEARCHES, *_dated(connection)):
        yield f"search {line}", partial(found, asked=asked(line))
    for which in (Which.REVIEW, Which.SENT, Which.STRANDED):
        for row in listed(connection, which, size=1).rows:
            yield f"item of {which}", partial(item, id=row.id)
    plain: tuple[Read, ...] = (
        *(numbers, ages, agents, hours, system, processes, caps_in_use, fingerprint, channels),
    )
    for read in plain:
        yield read.__name__, read


def _dated(connection: Connection) -> tuple[str, ...]:
    """A day in the middle of all, and what follows it."""
    first = found(connection, asked("id:1")).rows
    last = found(connection, asked(""), size=1).rows
    if not first or not last:
        return ()
    middle = first[0].created_at + (last[0].created_at - first[0].created_at) / 2
    day = f"{middle:%Y-%m-%d}"
    return (f"before:{day}", f"after:{day}", f"after:{day} before:{day}T12:00 nothing-like-it")


def opened(engine: Engine, read: Read) -> Callable[[], object]:
    """The read as a page does it: with a connection of its own from the pool."""

    def once() -> object:
        with engine.connect() as connection:
            return read(connection)

    return once
