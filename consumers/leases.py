"""What this process holds, and until when, by its own clock; and what it asks for that.

Its threads claim, cross the point of no return and settle together where they come to it at
the same time: still each with one claim, one permit and one receipt.

The database's clock decides who holds a lease.  This is the worker's own, stricter view:
a deadline is counted from before the database was asked, on a clock that goes on while
the machine sleeps, so that a worker that was paused knows it before it writes.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import psycopg

from consumers.approved import Approved
from consumers.together import Together
from outbox import metrics, tracing
from outbox.claim import SEND, Claim, lost
from outbox.errors import CommitUnknown
from outbox.failpoints import Point, reach
from outbox.ledger import Ledger
from outbox.results import Settlement

if TYPE_CHECKING:
    from consumers.authority import Authority


class Leases:
    """The send leases of one process, shared by its threads."""

    def __init__(self, lease: dt.timedelta) -> None:
        self._stage = replace(SEND, lease=lease)
        self._claiming = Together[None, list[Claim]]()
        self._permitting = Together[Approved, Exception | None]()
        self._settling = Together[Settlement, Exception | None]()
        self._deadlines: dict[int, float] = {}
        self._lock = threading.Lock()

    def claim(self, ledger: Ledger) -> list[Claim]:
        """Lease what can start now: one for each thread that asks."""
        return self._claiming.ask(None, lambda askers: self._claimed(ledger, len(askers)))

    def permit(
        self, ledger: Ledger, authority: Authority, held: Approved, *, enough: dt.timedelta
    ) -> None:
        """As the ledger's own, once people's authority is seen; raises what is true of it."""
        with tracing.of("permit", held.claim):
            refusal = self._permitting.ask(
                held, lambda group: _permitted(ledger, authority, group, enough)
            )
            tracing.note(answer="given" if refusal is None else type(refusal).__name__)
        if refusal is not None:
            raise refusal

    def settle(self, ledger: Ledger, told: Settlement) -> None:
        """As the ledger's own.  Raises `CommitUnknown` if a connection broke meanwhile."""
        with tracing.of("receipt", told.claim):
            failure = self._settling.ask(told, lambda told: _settled(ledger, told))
            tracing.note(kind=told.kind)
        if failure is not None:
            raise failure

    @property
    def waiting_to_cross(self) -> int:
        """How many are asked for together in the next statement."""
        return self._permitting.waiting

    @property
    def waiting_to_settle(self) -> int:
        """How many outcomes go together in the next statement."""
        return self._settling.waiting

    def renew(self, ledger: Ledger) -> None:
        """Renew all leases that are worked under; forget those that are lost."""
        reach(Point.BEFORE_RENEWAL)
        with self._lock:
            worked_under = list(self._deadlines)
        asked = _now()
        held = ledger.renew(worked_under, self._stage.lease)
        reach(Point.AFTER_RENEWAL)
        with self._lock:
            for fence in self._deadlines.keys() & set(worked_under):
                self._deadlines[fence] = self._until(asked) if fence in held else 0.0

    def keep_renewed(self, ledger: Ledger, stop: threading.Event) -> None:
        """Renew at a third of the lease until `stop` is set."""
        while not stop.wait(self._stage.lease.total_seconds() / 3):
            self.renew(ledger)

    def left(self, claim: Claim) -> dt.timedelta:
        """How long the lease of `claim` lasts for sure; zero if it is lost."""
        with self._lock:
            left = self._deadlines.get(claim.fence, 0.0) - _now()
        return dt.timedelta(seconds=max(left, 0.0))

    def forget(self, claim: Claim) -> None:
        """The claim was settled, or is lost."""
        with self._lock:
            self._deadlines.pop(claim.fence, None)

    def _claimed(self, ledger: Ledger, askers: int) -> list[list[Claim]]:
        asked = _now()
        claims = ledger.claim(replace(self._stage, batch=askers))
        for claim in claims:
            metrics.STAGE_WAIT.labels(stage="send").observe(claim.waited(self._stage.lease))
        with self._lock:
            self._deadlines |= {claim.fence: self._until(asked) for claim in claims}
        return [claims[place : place + 1] for place in range(askers)]

    def _until(self, asked: float) -> float:
        return asked + self._stage.lease.total_seconds()


def _permitted(
    ledger: Ledger, authority: Authority, group: Sequence[Approved], enough: dt.timedelta
) -> list[Exception | None]:
    """The last question of a sender, and then the database's own answer, of each."""
    refusals = authority(group)
    authorised = [one.claim for one, no in zip(group, refusals, strict=True) if no is None]
    if not authorised:
        return [*refusals]
    reach(Point.BEFORE_PERMIT_ASKED)
    answers = iter(ledger.permits(authorised, enough=enough))
    return [next(answers) if no is None else no for no in refusals]


def _settled(ledger: Ledger, told: Sequence[Settlement]) -> list[Exception | None]:
    try:
        held = ledger.settles(told)
    except psycopg.Error as error:
        if not ledger.broken:
            raise
        return [CommitUnknown(f"no answer: {error}") for _ in told]
    return [None if one.claim.id in held else lost(one.claim) for one in told]


def _now() -> float:
    return time.clock_gettime(time.CLOCK_BOOTTIME)
