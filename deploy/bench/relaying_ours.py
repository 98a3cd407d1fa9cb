"""Our relay, as a process of its own with its own login, and moves of a thousand intents."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import LiteralString
from uuid import uuid4

from deploy.bench.frame import Contestant, Place, Round
from deploy.bench.installation import MAIL, installed
from deploy.bench.listening import Listener
from deploy.bench.relaying import SOON, Relay, Relaying
from deploy.local.broker import EmbeddedBroker
from deploy.local.children import Child
from outbox import Proposal
from outbox.cluster import Cluster
from outbox.lifecycle import State
from outbox.store import Connection, connect
from outbox.submit import submit_each
from relay.topics import create_missing
from schemas.events import topic_of

NAME = "Holdshort, relay"
INTENTS = 1000
# As the triggers write them; the intents themselves stay where they are.
MOVES: LiteralString = (
    "WITH logged AS (INSERT INTO outbox.event"
    " (intent_id, source, target, role, version, digest, traceparent)"
    " SELECT id, 'scoring', %(to)s, %(role)s, version, digest, traceparent"
    " FROM outbox.intent, generate_series(1, %(times)s) LIMIT %(most)s"
    " RETURNING intent_id, seq)"
    " INSERT INTO outbox.unpublished (shard, seq)"
    " SELECT outbox.shard_of(intent_id), seq FROM logged RETURNING seq"
)
LEFT: LiteralString = "SELECT count(*) FROM (SELECT FROM outbox.unpublished LIMIT 1) AS one"


@contextmanager
def opened(place: Place) -> Iterator[Round]:
    """Each round as `Relaying` has it."""
    room = Path(mkdtemp(dir=place.room))
    with (
        installed(place) as ours,
        EmbeddedBroker(room) as broker,
        connect(ours.dsn, application="bench") as owner,
    ):
        create_missing(Cluster(broker.bootstrap))
        propose(owner)
        told = {"HOLDSHORT_DSN": ours.logins["relay"], "HOLDSHORT_KAFKA": broker.bootstrap}
        command = (sys.executable, "-m", "deploy.cli", "run", "relay")
        log, topic = room / "relay.log", topic_of(State.SCORED)
        with (
            Child(command, log=log, env={**os.environ, **told}) as child,
            closing(Listener(broker.bootstrap, topic)) as listener,
        ):
            child.wait_until(lambda: not left(owner), SOON)
            relaying = Relaying(place, watched(owner, child), listener)
            relaying.warm(1)
            yield relaying.round


def propose(owner: Connection) -> None:
    """What there are moves of."""
    trace = f"00-{uuid4().hex}-{uuid4().hex[:16]}-01"
    keys = (f"relayed-{number}" for number in range(INTENTS))
    proposals = [
        Proposal(artifact=MAIL, key=key, producer="bench", traceparent=trace) for key in keys
    ]
    submit_each(owner, proposals)


def watched(owner: Connection, child: Child) -> Relay:
    """Its queue is what is left."""
    back = {"to": "submitted", "role": "sweeper"}
    scored = {"to": "scored", "role": "scorer", "times": 1, "most": 1}

    def ring() -> int:
        [(seq,)] = owner.execute(MOVES, scored).fetchall()
        return int(seq)

    return Relay(
        pid=child.pid,
        put=lambda events: _none(owner, {**back, "times": events // INTENTS, "most": events}),
        ring=ring,
        left=lambda: left(owner),
    )


def _none(owner: Connection, moves: dict[str, object]) -> None:
    owner.execute(MOVES, moves)


def left(owner: Connection) -> int:
    """0 once everything is published."""
    [(one,)] = owner.execute(LEFT).fetchall()
    return int(one)


RELAY = Contestant(name=NAME, opened=opened)
