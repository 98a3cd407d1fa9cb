"""Every step of an intent, one after the other, in one process.

Not to be as fast as can be, but to tell what each step takes: seconds of the processor, in the
server's process and in this one, for each item.  Nothing is left out that is promised.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from consumers.granting import Granting
from deploy.bench.pipeline.channel import ANSWERED, FINE
from deploy.bench.pipeline.worker import BATCH, propose
from outbox.claim import SCORE, SEND, Claim
from outbox.granting import Granter
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.results import Settlement
from outbox.store import Connection, connect

AT_ONCE = 1000
"""How many items are at a step before the next step begins."""
GROUP = 20
"""How many are claimed, permitted and settled at a time."""
ROLES = ("agent", "scorer", "router", "granter", "sender", "sweeper")
AN_HOUR = dt.timedelta(hours=1)
A_SECOND = dt.timedelta(seconds=1)

Step = Callable[[], object]


class Line:
    """The hands of every role."""

    def __init__(self, dsns: dict[str, str]) -> None:
        self._of = {role: connect(dsns[role], application=f"bench {role}") for role in ROLES}
        ledgers = {role: Ledger(one, worker="bench") for role, one in self._of.items()}
        self._scorer, self._router = ledgers["scorer"], ledgers["router"]
        self._sender, self._sweeper = ledgers["sender"], ledgers["sweeper"]
        granter = Granter(
            self._of["granter"], worker="bench", valid_for=AN_HOUR, hold=dt.timedelta(0)
        )
        self._granting = Granting(granter)
        self._held: list[Claim] = []
        self.sent = 0

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *_: object) -> None:
        for connection in self._of.values():
            connection.close()

    def through(self, clock: Clock) -> None:
        """Take a thousand items through all steps."""
        for step, connection, take in self._steps():
            with clock.of(step, connection):
                take()

    def _steps(self) -> Iterator[tuple[str, Connection, Step]]:
        """Each with its name and the connection that it is done over."""
        yield "propose", self._of["agent"], self._propose
        yield "score", self._of["scorer"], self._score
        yield "route", self._of["router"], self._route
        yield "grant", self._of["granter"], self._grant
        yield "claim", self._of["sender"], self._claim
        yield "permit", self._of["sender"], self._permit
        yield "settle", self._of["sender"], self._settle
        yield "sweep", self._of["sweeper"], self._sweeper.sweep

    def _propose(self) -> None:
        for _ in range(AT_ONCE // BATCH):
            propose(self._of["agent"], "bench")

    def _score(self) -> None:
        stage = replace(SCORE, batch=BATCH)
        while claims := self._scorer.claim(stage):
            self._scorer.scores([(claim, FINE) for claim in claims])

    def _route(self) -> None:
        while self._router.route(threshold=0.5, batch=BATCH):
            pass

    def _grant(self) -> None:
        while self._granting.look():
            pass

    def _claim(self) -> None:
        self._held = []
        stage = replace(SEND, batch=GROUP, lease=AN_HOUR)
        while claims := self._sender.claim(stage):
            self._held += claims

    def _permit(self) -> None:
        for group in self._groups():
            for refusal in self._sender.permits(group, enough=A_SECOND):
                if refusal is not None:
                    raise refusal

    def _settle(self) -> None:
        for group in self._groups():
            told = [Settlement(one, State.SENT, "sent", ANSWERED) for one in group]
            self.sent += len(self._sender.settles(told))

    def _groups(self) -> Iterator[list[Claim]]:
        for first in range(0, len(self._held), GROUP):
            yield self._held[first : first + GROUP]


class Clock:
    """What steps have taken, by name, of the processor, in both processes: seconds."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def of(self, step: str, connection: Connection) -> Iterator[None]:
        pid = connection.info.backend_pid
        spent = _processor(pid) + time.process_time()
        yield
        spent = _processor(pid) + time.process_time() - spent
        self.seconds[step] = self.seconds.get(step, 0.0) + spent


def _processor(pid: int) -> float:
    """Seconds that a process has had of the processor, since it began."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
