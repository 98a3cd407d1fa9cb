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


DATABASE = (Kind.DATABASE_FAST, Kind.DATABASE_IMMEDIATE, Kind.DATABASE_KILL)

PER_HOUR: dict[tuple[Kind, ...], int] = {
    (Kind.KILL,): 1_200,
    (Kind.STOP,): 240,
    DATABASE: 116,
    (Kind.BROKER_KILL,): 26,
}
"""How often each kind is meant to strike; one of a group is drawn each time."""

SEND_LEASE = dt.timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Fault:
    """One entry of the schedule."""

    at: dt.timedelta
    kind: Kind
    lot: float
    """0 to 1: which of those that run then."""
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


def cast_for(cores: int) -> dict[str, int]:
    """How many processes of each role: up to 8 senders, as the cores allow."""
    return {
        "relay": 2,
        "scorer": 2,
        "router": 1,
        "sender": max(3, min(8, 3 * cores // 2)),
        "sweeper": 1,
        "attester": 2,
    }


SENDER_THREADS = 4


@dataclass(frozen=True, slots=True)
class Floor:
    """Below any of these a run says nothing, however clean it is."""

    intents: int
    kills: int
    db_restarts: int
    broker_restarts: int


PER_HOUR_AT_LEAST = Floor(50_000, 1_000, 100, 20)


SHORT = dt.timedelta(minutes=10)
"""A shorter run is for finding violations, not for its rate: a third of the mails do."""


def floor_of(length: dt.timedelta) -> Floor:
    """The hourly floor, in proportion; of a short run, a third of its mails."""
    whole = PER_HOUR_AT_LEAST
    mails = whole.intents if length >= SHORT else whole.intents / 3
    named = (mails, whole.kills, whole.db_restarts, whole.broker_restarts)
    return Floor(*(math.floor(count * (length / AN_HOUR)) for count in named))
