"""How the installation stands, on one screen: what needs somebody comes first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection

from outbox import queries, views
from outbox.lifecycle import State
from outbox.screens import moves
from outbox.screens.numbers import Numbers, numbers
from outbox.screens.reading import rows
from outbox.screens.system import Process, System, processes, system

LATE = dt.timedelta(minutes=5)
"""How long something may be due, or unsigned, before that is told; Kafka has a minute."""
KAFKA_LATE = dt.timedelta(minutes=1)
_STAGES = {"score": "scorer", "route": "router", "send": "sender"}
_LAST_SEEN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """Something that somebody should see to."""

    what: str
    next: str
    """The command that goes on from here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """All of it, as it was in one moment."""

    at: dt.datetime
    switch: views.Switch
    waiting: tuple[views.Waiting, ...]
    numbers: Numbers
    due: dict[str, dt.timedelta]
    """For how long the oldest intent waits for each stage that may take it."""
    system: System
    processes: tuple[Process, ...]
    place: int
    """Of the last recorded move."""

    @property
    def wrong(self) -> tuple[Wrong, ...]:
        """The worst first."""
        return (*_of_people(self), *_of_processes(self))


def status(connection: Connection) -> Status:
    """Look, over a reader's connection."""
    due = rows(connection, "gauge_due")
    return Status(
        at=dt.datetime.now(dt.UTC),
        switch=queries.switch(connection),
        waiting=queries.waiting(connection),
        numbers=numbers(connection),
        due={row["stage"]: dt.timedelta(seconds=row["seconds"]) for row in due},
        system=system(connection),
        processes=processes(connection)[:_LAST_SEEN],
        place=moves.place(connection, last=0),
    )


def lines(found: Status) -> list[str]:
    """For a person: one screen."""
    return [
        f"{found.at:%Y-%m-%d %H:%M:%S} UTC  {_switch(found)}; {_armed(found)}",
        *(f"BAD  {one.what}\n     next: {one.next}" for one in found.wrong),
        f"  {'waits':<28}{'how many':>9}   the oldest",
        *_counted(found),
        *_records(found),
        "  seen last: " + (", ".join(_seen(found)) or "nobody yet"),
    ]


def span(given: dt.timedelta) -> str:
    """As one says it: 12s, 3m 5s, 2h 10m, 4d 1h."""
    seconds, told = max(0, int(given.total_seconds())), []
    for size, unit in ((86400, "d"), (3600, "h"), (60, "m"), (1, "s")):
        number, seconds = divmod(seconds, size)
        if number:
            told.append(f"{number}{unit}")
    return " ".join(told[:2]) or "0s"


def _of_people(found: Status) -> Iterator[Wrong]:
    counted, now = found.numbers, found.at
    if counted.stranded and counted.stranded_since:
        since = span(now - counted.stranded_since)
        what = f"{counted.stranded} stranded, the first for {since}: sent or not, nobody knows"
        yield Wrong(what=what, next="holdshort list --state stranded")
    approved = sum(one.intents for one in found.waiting if one.state == State.APPROVED)
    if found.switch.outbound and found.system.armed_at is None:
        what = "sending is on and was never armed here: nothing leaves"
        yield Wrong(what=what, next="holdshort arm --by NAME")
    elif approved and not found.switch.outbound:
        what = f"sending is off, and {approved} approved wait"
        yield Wrong(what=what, next="holdshort outbound on --by NAME")
    if counted.overdue:
        what = f"{counted.overdue} wait for a person longer than the policy lets them"
        yield Wrong(what=what, next="holdshort list --overdue")


def _of_processes(found: Status) -> Iterator[Wrong]:
    for stage, waited in found.due.items():
        if waited > LATE and (stage != "send" or found.switch.outbound):
            what = f"the oldest is due to {stage} for {span(waited)}"
            yield Wrong(what=what, next=f"holdshort run {_STAGES[stage]}")
    behind = (
        ("moves wait for Kafka", found.system.unpublished_since, KAFKA_LATE, "relay"),
        ("receipts wait for a signature", found.system.unattested_since, LATE, "attester"),
    )
    for what, since, late, role in behind:
        if since is not None and found.at - since > late:
            said = f"{what}, the first for {span(found.at - since)}"
            yield Wrong(what=said, next=f"holdshort run {role}")


def _switch(found: Status) -> str:
    stands = "on" if found.switch.outbound else "off"
    by, at = found.switch.flipped_by, found.switch.flipped_at
    return f"sending is {stands}" + (f", turned by {by} {_ago(found, at)}" if at and by else "")


def _armed(found: Status) -> str:
    armed = found.system
    if armed.armed_at is None:
        return "armed nowhere"
    where = f" for {armed.environment}" if armed.environment else ""
    return f"armed{where} by {armed.armed_by} {_ago(found, armed.armed_at)}"


def _counted(found: Status) -> Iterator[str]:
    order = [State.STRANDED, *State]
    for one in sorted(found.waiting, key=lambda one: order.index(State(one.state))):
        name = one.state if one.channel == "email" else f"{one.state} ({one.channel})"
        yield f"  {name:<28.28}{one.intents:>9}   {span(one.oldest)}"
    if found.numbers.deferred:
        yield f"  {'of these, out of sight':<28}{found.numbers.deferred:>9}"


def _records(found: Status) -> Iterator[str]:
    of = found.system
    for name, number, since in (
        ("moves for Kafka", of.unpublished, of.unpublished_since),
        ("receipts for the log", of.unattested, of.unattested_since),
    ):
        yield f"  {name:<28}{number:>9}   {span(found.at - since) if since else ''}".rstrip()
    if of.checkpoint_at is not None:
        size, ago = of.checkpoint_size or 0, _ago(found, of.checkpoint_at)
        yield f"  {'receipts signed':<28}{size:>9}   the last {ago}"


def _seen(found: Status) -> list[str]:
    return [f"{one.role} {_ago(found, one.last_seen)}" for one in found.processes]


def _ago(found: Status, at: dt.datetime) -> str:
    return f"{span(found.at - at)} ago"
