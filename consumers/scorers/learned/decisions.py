"""What people decided, and what they read, for whoever learns from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from consumers.scorers.learned.words import LONGEST
from consumers.scorers.reading import read
from outbox.errors import BadArtifact
from outbox.intent import parse_artifact
from outbox.store import Connection, sql


@dataclass(frozen=True, slots=True)
class Decided:
    """The first word of a person on a version."""

    at: dt.datetime
    approved: bool
    """As it was."""
    text: str
    """The beginning of what its reader would have seen."""


def decisions(connection: Connection, *, days: int) -> Iterator[Decided]:
    """Those of the last `days` days, the oldest first; what was erased is not among them."""
    with connection.cursor() as cursor:
        # One at a time: artifacts of 20 MB would not fit.
        for at, approved, content in cursor.stream(sql("decided"), {"days": days}):
            try:
                artifact = parse_artifact(content)
            except BadArtifact:  # of another version: it teaches nothing
                continue
            yield Decided(at, approved, read(artifact).seen[:LONGEST])
