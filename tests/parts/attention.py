"""Policies that ask for attention, decoys that are planted, and people who read for so long."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from outbox.attention import decoys
from outbox.attention.decoys import Seed
from outbox.attention.looking import look_at
from outbox.desk import Desk
from outbox.intent import Artifact, Intent
from outbox.policy.document import parse
from outbox.policy.setting import set_policy
from outbox.reasons import Because
from outbox.store import Connection
from tests.parts import journey
from tests.parts.policies import Tier, in_force

NOW = dt.timedelta(0)
DWELL = {"least": "20s", "per_kilobyte": "1s", "most": "1m"}
FLAW = "the sum does not add up"


def ask(db: Connection, *tiers: Tier, **attention: Any) -> None:
    """Put a policy in force that asks for this."""
    said = {"sole_operator": False, "tiers": tiers, "attention": attention}
    set_policy(db, parse(json.dumps(said)), revision=in_force(db) + 1, actor="olga")


def seeded(db: Connection, *artifacts: Artifact, producer: str | None = None) -> int:
    seeds = [Seed(one, FLAW) for one in artifacts or (journey.mail("Wrong sum"),)]
    return decoys.seed(db, seeds, spread=NOW, actor="olga", producer=producer)


def planted(db: Connection, *artifacts: Artifact) -> list[int]:
    """Among what an agent has proposed; give back which they are."""
    journey.proposed(db)
    seeded(db, *artifacts)
    decoys.plant(db, worker="sweeper-1")
    return [
        int(id) for (id,) in db.execute("SELECT intent FROM outbox.decoy ORDER BY 1").fetchall()
    ]


def decoy(db: Connection, artifact: Artifact | None = None) -> int:
    """One that waits for a yes."""
    id = planted(db, *(() if artifact is None else (artifact,)))[-1]
    journey.score_and_route(db)
    return id


def read(db: Connection, *ids: int, by: str = "ada", seconds: float = 0) -> None:
    """They have it open, on one page, for so long."""
    look_at(db, ids, by)
    db.execute(
        "UPDATE outbox.look SET opened_at = opened_at - make_interval(secs => %s)"
        " WHERE intent = ANY (%s) AND person = %s",
        (seconds, [*ids], by.lower()),
    )


def yes(db: Connection, id: int, by: str = "ada") -> int:
    """Say it; give back how many more are needed."""
    digest = journey.seen(db, id)
    return Desk(db, actor=by).approve(id, digest=digest, valid_for=journey.HOUR)


def no(db: Connection, id: int, by: str = "ada") -> None:
    Desk(db, actor=by).reject(id, because=Because.WRONG_CONTENT, reason="look at the sum")


def held(db: Connection, id: int) -> Intent:
    """An intent by its number, as `submit` would give it back."""
    [(version, digest)] = db.execute(
        "SELECT version, digest FROM outbox.intent WHERE id = %s", (id,)
    ).fetchall()
    return Intent(id, version, digest)


def older(db: Connection, seconds: int) -> None:
    """Whatever is open was opened so much earlier."""
    db.execute(
        "UPDATE outbox.look SET opened_at = opened_at - make_interval(secs => %s)", (seconds,)
    )


def attended(db: Connection) -> None:
    """Some people who have decided: one slowly, one always with a yes."""
    ask(db, second={"one_in": 20}, tighten={"missed": 2})
    busy = (("ada", 41, 5, 2), ("bob", 3, 8, 0), ("grace", 25, 4, 1))
    for person, seconds, yeses, noes in busy:
        for number in range(yeses + noes):
            id = journey.awaiting(db).id
            (yes if number < yeses else no)(db, id, person)
        _took(db, person, seconds)
    for person, met in (("ada", no), ("ada", no), ("bob", yes), ("bob", yes), ("grace", no)):
        met(db, decoy(db), person)


def _took(db: Connection, person: str, seconds: int) -> None:
    """By hand: nobody waits for a picture."""
    db.execute("ALTER TABLE outbox.verdict DISABLE TRIGGER USER")
    took = "UPDATE outbox.verdict SET took = make_interval(secs => %s) WHERE person = %s"
    db.execute(took, (seconds, person))
    db.execute("ALTER TABLE outbox.verdict ENABLE ALWAYS TRIGGER history_is_only_added_to")
