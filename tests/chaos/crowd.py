"""Those who use the pipeline meanwhile: agents that propose, people that approve.

They come back after every outage.  An agent that does not know whether its COMMIT was
taken proposes the same again, under the same keys.
"""

from __future__ import annotations

import datetime as dt
import random
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress

import psycopg

from outbox import Email, Proposal, submit
from outbox.desk import Desk
from outbox.errors import CommitUnknown, Conflict, DependencyDown
from outbox.store import Connection, connect
from tests.chaos.parts import SENDER
from tests.parts.journey import seen

PEOPLE = 3
AGENTS = 2
MOST_WAITING = 200
"""Agents hold back above this: a run measures what gets through, not a queue."""
_MOST_AT_ONCE = 8
_GLANCE = dt.timedelta(milliseconds=100)
_AN_HOUR = dt.timedelta(hours=1)
_UNDECIDED = (
    b"SELECT id FROM outbox.intent WHERE state IN ('in_review', 'awaiting_approval')"
    b" AND id %% %s = %s ORDER BY id LIMIT 200"
)
_WAITING = (
    b"SELECT count(*) FROM outbox.intent WHERE state IN ('submitted', 'scoring', 'scored',"
    b" 'in_review', 'awaiting_approval', 'approved', 'sending', 'releasing')"
)


class Crowd:
    """Threads that propose and approve until they are told to stop."""

    def __init__(self, logins: Mapping[str, str], dice: random.Random) -> None:
        self._logins = logins
        self._acknowledged: list[list[str]] = [[] for _ in range(AGENTS)]
        self._no_more, self._over = threading.Event(), threading.Event()
        self._dice = [random.Random(dice.getrandbits(64)) for _ in range(AGENTS)]
        self._threads = ThreadPoolExecutor(AGENTS + PEOPLE, thread_name_prefix="crowd")
        self._agents: list[Future[None]] = []
        self._people: list[Future[None]] = []

    def start(self) -> None:
        self._agents = [
            self._threads.submit(_live, self._propose_as(number, dice), self._no_more)
            for number, dice in enumerate(self._dice)
        ]
        self._people = [
            self._threads.submit(_live, self._decide_as(number), self._over)
            for number in range(PEOPLE)
        ]

    def stop_proposing(self) -> None:
        """Raises what an agent did not foresee."""
        self._no_more.set()
        for agent in self._agents:
            agent.result()

    def leave(self) -> None:
        """Raises what a person did not foresee."""
        self._no_more.set()
        self._over.set()
        for one in (*self._agents, *self._people):
            one.result()

    def count(self) -> int:
        """How many proposals were acknowledged so far."""
        return sum(map(len, self._acknowledged))

    def acknowledged(self) -> list[str]:
        """The key of every proposal whose COMMIT was answered."""
        return [key for keys in self._acknowledged for key in keys]

    def _as(self, role: str) -> Connection:
        return connect(self._logins[role], application=role)

    def _propose_as(self, agent: int, dice: random.Random) -> Callable[[], None]:
        proposals: list[Proposal] = []
        count = 0

        def propose() -> None:
            nonlocal count
            with self._as("agent") as db, self._as("reader") as looking:
                while not self._no_more.is_set():
                    room = MOST_WAITING - _number(looking, _WAITING)
                    if room <= 0:
                        self._no_more.wait(_GLANCE.total_seconds())
                    while room > 0:
                        while not proposals:
                            size = dice.randint(1, _MOST_AT_ONCE)
                            proposals.extend(_proposal(agent, count + n) for n in range(size))
                            count += size
                        with db.transaction():
                            for proposal in proposals:
                                submit(db, proposal)
                        self._acknowledged[agent].extend(one.key for one in proposals)
                        room -= len(proposals)
                        proposals.clear()

        return propose

    def _decide_as(self, person: int) -> Callable[[], None]:
        def decide() -> None:
            with self._as("reviewer") as db:
                desk = Desk(db, actor=f"person {person}")
                while not self._over.is_set():
                    undecided = db.execute(_UNDECIDED, (PEOPLE, person)).fetchall()
                    for (id,) in undecided:
                        with suppress(Conflict):
                            desk.approve(id, digest=seen(db, id), valid_for=_AN_HOUR)
                    if not undecided:
                        self._over.wait(_GLANCE.total_seconds())

        return decide


def _live(until_an_outage: Callable[[], None], stop: threading.Event) -> None:
    while not stop.is_set():
        with suppress(psycopg.OperationalError, CommitUnknown, DependencyDown):
            until_an_outage()
        stop.wait(_GLANCE.total_seconds())


def _proposal(agent: int, number: int) -> Proposal:
    mail = Email(
        sender=SENDER,
        sender_name="Billing",
        to=(f"customer-{agent}-{number}@shop-{number % 40}.example",),
        subject=f"Invoice {number} of agent {agent}",
        text=f"Dear customer,\n\nyour invoice {number} is ready and waits for you.\n",
    )
    return Proposal(artifact=mail, key=f"{agent}-{number}", producer=f"agent {agent}")


def _number(db: Connection, statement: bytes) -> int:
    row = db.execute(statement).fetchone()
    assert row is not None
    return int(row[0])
