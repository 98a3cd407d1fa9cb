"""How the installation stands, and what its processes did last."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Connection

from outbox.screens.reading import one, rows


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """What waits for the processes, what was armed, and what is in force."""

    unpublished: int
    """Moves that Kafka does not have yet; 10000 means at least as many."""
    unpublished_since: dt.datetime | None
    unattested: int
    """Receipts that are not in the log yet; 10000 means at least as many."""
    unattested_since: dt.datetime | None
    checkpoint_size: int | None
    """Receipts under the newest checkpoint; None: nothing was attested yet."""
    checkpoint_at: dt.datetime | None
    environment: str | None
    """Where sending is armed; None: nowhere."""
    armed_by: str | None
    armed_at: dt.datetime | None
    policy: int
    policy_by: str
    policy_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """Who has left a receipt lately, and when the last one."""

    role: str
    actor: str
    last_seen: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """How much of a cap on one name is used in its window."""

    id: int
    """Of the cap."""
    used: int
    whole: bool
    """False: so much at least."""


def system(connection: Connection) -> System:
    return System(**one(connection, "screen_system"))


def processes(connection: Connection) -> tuple[Process, ...]:
    """Among the last 2000 receipts, the latest first."""
    return tuple(Process(**row) for row in rows(connection, "screen_processes"))


def caps_in_use(connection: Connection) -> tuple[Use, ...]:
    """Of those caps that stand for one name, or for everything."""
    return tuple(Use(**row) for row in rows(connection, "screen_caps"))
