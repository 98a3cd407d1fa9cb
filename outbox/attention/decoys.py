"""Decoys: known-bad items that an operator has planted among what agents propose.

Nobody can tell one from the others before a decision: it comes in the name of an agent, at a
moment that was drawn, and is scored and routed like any other.  No decoy is ever approved,
whoever says yes: the database refuses its approval, its claim and its permit.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from typing import Any

from psycopg.rows import class_row

from outbox.errors import BadArtifact, BadSettings
from outbox.intent import Artifact, Email, canonical, parse_artifact
from outbox.store import Connection, call, calling, refusals

MOST = 1000
"""How many are seeded at once."""


@dataclass(frozen=True, slots=True)
class Seed:
    """A known-bad item, and what is wrong with it, in words for who has decided on it."""

    artifact: Artifact
    flaw: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many decoys there are; which they are nobody is told."""

    seeded: int
    """Wait to be planted."""
    planted: int
    """Are among what waits."""
    met: int
    """Were decided on."""


@dataclass(frozen=True, slots=True)
class Decoy:
    """A decoy that somebody has decided on: no secret any more."""

    id: int
    flaw: str
    seeded_by: str
    person: str
    said: str
    """`approved`, `rejected`, `sent_back`, `edited` or `withdrawn`."""
    caught: bool | None
    """None: neither a yes nor a no."""
    at: dt.datetime


def read(content: bytes) -> list[Seed]:
    """The seeds in this JSON: `[{"flaw": "...", "artifact": {...}}]`.  Raises `BadSettings`."""
    try:
        said = json.loads(content)
        return [Seed(parse_artifact(json.dumps(one["artifact"])), one["flaw"]) for one in said]
    except (ValueError, TypeError, KeyError, BadArtifact) as error:
        raise BadSettings(
            f"no list of decoys: {error}",
            hint='nothing is seeded; write a list like: [{"flaw": "...", "artifact": {...}}]',
        ) from None


def examples(*, sender: str, to: str) -> list[Seed]:
    """Those that come with the product, from this sender to this recipient."""
    content = resources.files("outbox.attention").joinpath("examples.json").read_bytes()
    said: list[dict[str, Any]] = json.loads(content)
    return [
        Seed(
            Email(sender=sender, to=(to,), subject=one["subject"], text=one["text"]),
            one["flaw"],
        )
        for one in said
    ]


def seed(
    connection: Connection,
    seeds: Sequence[Seed],
    *,
    spread: dt.timedelta,
    actor: str,
    tenant: str = "default",
    producer: str | None = None,
) -> int:
    """Have them planted, each at some moment of the next `spread`; give back how many.

    Each comes in the name of the `producer`, or of whoever has proposed last for the tenant
    over its channel, as soon as anybody has.
    """
    if not 0 < len(seeds) <= MOST:
        raise BadSettings(f"{len(seeds)} decoys", hint=f"seed 1 to {MOST} at once")
    with refusals():
        [(seeded,)] = call(
            connection,
            "seed_decoys",
            tenant=tenant,
            producer=producer,
            channels=[one.artifact.channel for one in seeds],
            contents=[canonical(one.artifact) for one in seeds],
            flaws=[one.flaw for one in seeds],
            spread=spread,
            actor=actor,
        )
    return int(seeded)


def plant(connection: Connection, *, worker: str, batch: int = 100) -> int:
    """Plant what is due; give back how many."""
    with refusals():
        return len(call(connection, "plant", worker=worker, batch=batch).fetchall())


def numbers(connection: Connection) -> Numbers:
    """For an operator: how many, and not which."""
    with connection.cursor(row_factory=class_row(Numbers)) as cursor:
        [found] = cursor.execute(calling("decoys"), {}).fetchall()
    return found


def unmasked(connection: Connection, ids: Sequence[int]) -> dict[int, Decoy]:
    """Those of these that were decoys, once somebody has decided on them."""
    with connection.cursor(row_factory=class_row(Decoy)) as cursor:
        found = cursor.execute(calling("unmasked", "wanted"), {"wanted": [*ids]}).fetchall()
    return {one.id: one for one in found}


def flaws(connection: Connection, ids: Sequence[int]) -> dict[int, str]:
    """What is wrong with those of these that were decoys, once somebody has decided on them."""
    return {id: met.flaw for id, met in unmasked(connection, ids).items()}
