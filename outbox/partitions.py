"""The partitions of the log of moves: made ahead, and archived by a person.

Nothing is refused for want of a partition: what has none of its own is in the rest.  What is
archived is exported first; a receipt has the digest of that file.
"""

from __future__ import annotations

import datetime as dt
import os
import threading
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO, LiteralString

import psycopg
from psycopg.rows import class_row

from outbox.errors import BadSettings, Conflict, NotFound
from outbox.newfile import new_file
from outbox.store import Connection, call, refusals, sql

WIDTH = 1 << 25
"""How many numbers of events are in a partition."""
_TRIES = 60
_PAUSE = dt.timedelta(seconds=1)
_EXPORT: LiteralString = """
    COPY (SELECT * FROM outbox.event WHERE seq >= %s AND seq < %s ORDER BY seq)
      TO STDOUT (FORMAT csv, HEADER)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partition:
    """One partition, as the server sees it."""

    name: str
    number: int | None
    """None: the rest."""
    events: int
    """By the server's last estimate."""
    bytes: int
    since: dt.datetime | None
    """When its first event was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """What was exported of a partition before it was detached."""

    partition: str
    events: int
    sha256: str


def make(connection: Connection) -> list[str]:
    """Make what the next events need and is missing; give back the names."""
    return [name for (name,) in call(connection, "make_partitions").fetchall()]


def partitions(connection: Connection) -> list[Partition]:
    """Every partition that is attached, the oldest first and the rest last."""
    with connection.cursor(row_factory=class_row(Partition)) as cursor:
        return cursor.execute(sql("partitions")).fetchall()


def archive(connection: Connection, number: int, file: Path, *, actor: str) -> Archive:
    """Export a partition to a new CSV file and detach it; its table stays in the database.

    Nobody waits longer than 50 ms for that at a time.  Raises `NotFound` if it is not attached
    and `Conflict` if it must stay, or if a minute was too short to find a moment; there is no
    file then.
    """
    if not actor.strip():
        raise BadSettings("an archive names who archives", hint="add --by NAME")
    with new_file(file) as target:
        whole = _exported(connection, number, target)
        _detach(connection, number, whole, actor)
    return whole


def _exported(connection: Connection, number: int, target: BinaryIO) -> Archive:
    read = sha256()
    with connection.transaction(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL TIME ZONE 'UTC'")
        with cursor.copy(_EXPORT, (number * WIDTH, (number + 1) * WIDTH)) as rows:
            for some in rows:
                read.update(some)
                target.write(some)
        events = cursor.rowcount
    target.flush()
    os.fsync(target.fileno())
    return Archive(partition=f"event_{number}", events=events, sha256=read.hexdigest())


def _detach(connection: Connection, number: int, whole: Archive, actor: str) -> None:
    told = {"number": number, "events": whole.events, "digest": whole.sha256, "actor": actor}
    moment = threading.Event()
    for _ in range(_TRIES):
        try:
            with refusals():
                [(name,)] = call(connection, "archive_partition", **told).fetchall()
        except psycopg.errors.LockNotAvailable:
            moment.wait(_PAUSE.total_seconds())
        else:
            if name is None:
                raise NotFound(
                    f"no partition event_{number} is attached",
                    hint="look: holdshort partitions list",
                )
            return
    raise Conflict(
        "somebody has held events open all the time", hint="end that transaction, and try again"
    )
