"""Write down what became of a send, before anything else is done: or end.

An outage of the database is waited out, as long as one may last.  Who cannot record must
not send: after that, and where the database is there and has no room, the process ends.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from functools import partial

import psycopg
import structlog

from consumers.leases import Leases
from outbox.claim import Claim
from outbox.errors import CommitUnknown, DependencyDown, Unrecorded
from outbox.ledger import Ledger
from outbox.results import Evidence, Settlement

log = structlog.get_logger()

OUTAGE = dt.timedelta(seconds=10)
"""How long an outage may last: a drain that is told to end has twice the time."""
_AGAIN = dt.timedelta(milliseconds=250)
WORDS = frozenset({"why", "final_reply"})
"""What the other side said in its own words, which may name anybody: nothing for a log."""

Write = Callable[[Ledger], object]


class Recording:
    """Over a sender's own connection, or another one if that is gone."""

    def __init__(
        self,
        ledger: Ledger,
        reconnected: Callable[[], AbstractContextManager[Ledger]],
        patience: dt.timedelta = OUTAGE,
    ) -> None:
        self._ledger = ledger
        self._reconnected = reconnected
        self._patience = patience.total_seconds()

    def settle(self, told: Settlement, leases: Leases) -> None:
        """Write down what became of a send, once, together with what others know now."""

        def alone(ledger: Ledger) -> None:
            ledger.settle(told.claim, told.target, kind=told.kind, evidence=told.evidence)

        self._write(
            told.claim, told.evidence, partial(leases.settle, self._ledger, told), alone
        )

    def keep(self, claim: Claim, evidence: Evidence, write: Write) -> None:
        """Write it down, once.  Raises `Unrecorded`; what is known is in the log then."""
        self._write(claim, evidence, partial(write, self._ledger), write)

    def _write(
        self, claim: Claim, evidence: Evidence, now: Callable[[], object], write: Write
    ) -> None:
        deadline = time.monotonic() + self._patience
        while True:
            try:
                now()
                return
            except (psycopg.Error, DependencyDown, CommitUnknown) as failure:
                in_doubt = isinstance(failure, CommitUnknown) or self._ledger.broken
                if not in_doubt or time.monotonic() > deadline:
                    told = {name: evidence[name] for name in evidence.keys() - WORDS}
                    log.critical(
                        "not recorded", intent=claim.id, fence=claim.fence, evidence=told
                    )
                    raise Unrecorded(f"the outcome of {claim.id}: {failure}") from failure
            now = partial(self._unless_written, claim, write)
            threading.Event().wait(_AGAIN.total_seconds())

    def _unless_written(self, claim: Claim, write: Write) -> None:
        """The connection that broke may have taken it along before: look, then write."""
        own = nullcontext(self._ledger)
        with self._reconnected() if self._ledger.broken else own as ledger:
            if not ledger.has_outcome(claim):
                write(ledger)
