"""What a run consists of: who plays, which faults when, and below what it proves nothing."""

from __future__ import annotations

import datetime as dt
import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

AN_HOUR = dt.timedelta(hours=1)


class Kind(StrEnum):
    """What may be done to a run."""

    KILL = "kill"  # SIGKILL to a worker
    STOP = "stop"  # SIGSTOP to a worker, SIGCONT after `lasts`
    DATABASE_FAST = "database_fast"
    DATABASE_IMMEDIATE = "database_immediate"
    DATABASE_KILL = "database_kill"
    BROKER_KILL = "broker_kill"
    DATABASE_CUT = "database_cut"  # a connection behind the proxy, around one request
    MAIL_CUT = "mail_cut"


WORKERS = (Kind.KILL, Kind.STOP)
DATABASE = (Kind.DATABASE_FAST, Kind.DATABASE_IMMEDIATE, Kind.DATABASE_KILL)
BROKER = (Kind.BROKER_KILL,)
CUTS = (Kind.DATABASE_CUT, Kind.MAIL_CUT)

PER_HOUR: dict[tuple[Kind, ...], int] = {
    (Kind.KILL,): 1_200,
    (Kind.STOP,): 240,
    DATABASE: 116,
    BROKER: 26,
    CUTS: 600,
}
"""How often each kind is meant to strike; one of a group is drawn each time."""

SEND_LEASE = dt.timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Fault:
    """One entry of the schedule."""

    at: dt.timedelta
    kind: Kind
    lot: float
    """0 to 1: which of those that run then, or which request."""
    lasts: dt.timedelta


def schedule(dice: random.Random, length: dt.timedelta) -> list[Fault]:
    """Every fault of a run of this length: equal dice, equal faults."""
    faults = [
        Fault(
            at=at,
            kind=dice.choice(kinds),
            lot=dice.random(),
            lasts=SEND_LEASE * dice.uniform(0.1, 2.0),
        )
        for kinds, per_hour in PER_HOUR.items()
        for at in _times(dice, AN_HOUR / per_hour, length)
    ]
    return sorted(faults, key=lambda fault: fault.at)


def _times(
    dice: random.Random, gap: dt.timedelta, length: dt.timedelta
) -> Iterator[dt.timedelta]:
    at = min(gap, length) * dice.uniform(0.2, 0.8)
    while at < length:
        yield at
        at += gap * dice.uniform(0.5, 1.5)


CAST = {"relay": 2, "scorer": 1, "router": 1, "sender": 7, "sweeper": 1, "attester": 1}
CAST_ON_A_BAD_LINE = {"scorer": 1, "sender": 1, "attester": 1}
"""How many processes of each role; every connection of the second cast may be cut."""

SENDER_THREADS = 2


@dataclass(frozen=True, slots=True)
class Floor:
    """Below any of these a run says nothing, however clean it is."""

    intents: int
    kills: int
    db_restarts: int
    broker_restarts: int
    cuts: int
    per_second: float


PER_HOUR_AT_LEAST = Floor(50_000, 1_000, 100, 20, 300, 50.0)


def floor_of(length: dt.timedelta) -> Floor:
    """The hourly floor, in proportion; only an hour has to keep its rate up."""
    whole, share = PER_HOUR_AT_LEAST, length / AN_HOUR
    return Floor(
        intents=math.floor(whole.intents * share),
        kills=math.floor(whole.kills * share),
        db_restarts=math.floor(whole.db_restarts * share),
        broker_restarts=math.floor(whole.broker_restarts * share),
        cuts=math.floor(whole.cuts * share),
        per_second=whole.per_second if share >= 1 else 0.0,
    )
