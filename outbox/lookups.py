"""Ask the other side what became of a stranded attempt, and keep what it says.

What it says is evidence for the person who resolves it.  No machine decides by it: an answer
that nothing is known may be one that nothing is known yet.
"""

from __future__ import annotations

from dataclasses import dataclass

from psycopg.types.json import Jsonb

from outbox.errors import Conflict, NotFound
from outbox.lifecycle import State
from outbox.manifest import Manifest, read
from outbox.results import Evidence
from outbox.store import Connection, call, refusals, sql


@dataclass(frozen=True, slots=True)
class Stranded:
    """What is known of an attempt whose outcome nobody knows."""

    id: int
    manifest: Manifest
    named: str | None
    """What the other side has called it, if it came to that."""


def stranded(connection: Connection, id: int) -> Stranded:
    """Raises `NotFound`, and `Conflict` if it is not stranded."""
    row = connection.execute(sql("asked_about"), {"id": id}).fetchone()
    if row is None:
        raise NotFound(f"there is no intent {id}")
    state, manifest, named = row
    if state != State.STRANDED:
        raise _decided(id, state)
    return Stranded(id, read(manifest), named)


def keep(connection: Connection, id: int, *, worker: str, evidence: Evidence) -> None:
    """Write down what was found.  Raises `Conflict` if somebody has decided meanwhile."""
    with refusals():
        named = {"id": id, "worker": worker, "evidence": Jsonb(evidence)}
        if not call(connection, "look_up", **named).fetchall():
            raise _decided(id, "decided meanwhile")


def _decided(id: int, state: str) -> Conflict:
    return Conflict(
        f"intent {id} is {state}: there is no doubt about it",
        hint=f"see what became of it: holdshort show {id}",
    )
