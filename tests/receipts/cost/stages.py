"""Every stage as a process of its own, with a login of its own, on the real functions."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from multiprocessing.synchronize import Barrier

from deploy.bench.pipeline.channel import ANSWERED
from outbox import Proposal, submit
from outbox.claim import SCORE, SEND
from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.seen import current
from outbox.store import Connection, connect
from tests.parts import journey

PAUSE = 0.002
"""Seconds between two looks at an empty stage."""
Look = Callable[[], int]
"""Work on what is there; give back how much that was."""


def run(stage: str, dsn: str, shares: list[int], barrier: Barrier) -> None:
    """Do one's share of each round, between two barriers."""
    with connect(dsn, application=stage) as connection:
        look = LOOKS[stage](connection)
        for share in shares:
            barrier.wait()
            done = 0
            while done < share:
                found = look()
                done += found
                if not found:
                    time.sleep(PAUSE)
            barrier.wait()


def _proposing(connection: Connection) -> Look:
    def look() -> int:
        key = f"key-{time.monotonic_ns()}"
        submit(connection, Proposal(artifact=journey.mail(), key=key, producer="cost"))
        return 1

    return look


def _scoring(connection: Connection) -> Look:
    ledger = Ledger(connection, worker="scorer-1")

    def look() -> int:
        claims = ledger.claim(SCORE)
        for claim in claims:
            ledger.score(claim, journey.a_score(0.9))
        return len(claims)

    return look


def _routing(connection: Connection) -> Look:
    ledger = Ledger(connection, worker="router-1")
    return lambda: len(ledger.route(threshold=0.5))


def _approving(connection: Connection) -> Look:
    desk = Desk(connection, actor="ada")
    waiting = "SELECT id FROM outbox.intent WHERE state = 'awaiting_approval' LIMIT 50"

    def look() -> int:
        ids = [id for (id,) in connection.execute(waiting).fetchall()]
        for id in ids:
            seen = current(connection, id).digest
            desk.approve(id, digest=seen, valid_for=dt.timedelta(hours=1))
        return len(ids)

    return look


def _sending(connection: Connection) -> Look:
    ledger = Ledger(connection, worker="sender-1")

    def look() -> int:
        claims = ledger.claim(SEND)
        for claim in claims:
            ledger.permit(claim, enough=dt.timedelta(seconds=1))
            ledger.settle(claim, State.SENT, kind="sent", evidence={**ANSWERED})
        return len(claims)

    return look


LOOKS = {
    "agent": _proposing,
    "scorer": _scoring,
    "router": _routing,
    "reviewer": _approving,
    "sender": _sending,
}
