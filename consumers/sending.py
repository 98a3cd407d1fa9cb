"""Send what a person approved, once, and write down what became of it.

A sender never decides to send: the permit does, in the database, at the last moment.
What it could not write down stays `releasing`, and the sweeper strands it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, assert_never

import structlog

from consumers.approved import Approved, as_approved
from consumers.channels import (
    Channel,
    Deferred,
    Delivered,
    Halted,
    Outcome,
    Permit,
    Refused,
    Uncertain,
)
from consumers.halting import Halt
from consumers.leases import Leases
from consumers.recording import Recording
from outbox import metrics, tracing
from outbox.claim import Claim
from outbox.epoch import closed
from outbox.errors import CommitUnknown, DependencyDown, GateClosed, LeaseLost
from outbox.failpoints import Point, reach
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.limits import PASSING
from outbox.results import Evidence, Settlement

if TYPE_CHECKING:
    from consumers.authority import Authority

log = structlog.get_logger()

ENOUGH = dt.timedelta(seconds=1)
"""How much of a lease must be left for a permit: time to write five bytes."""

NOT_ITS_FAULT = frozenset(
    {
        *("outbound_off", "too_late", "epoch_unarmed", "epoch_differs"),
        *("not_durable", "permit_lost"),
    }
)
"""Refusals of a permit that leave the approval as it is."""


class Sender:
    """One thread of a sending process."""

    def __init__(
        self,
        ledger: Ledger,
        channels: Mapping[str, Channel],
        leases: Leases,
        halt: Halt,
        reconnected: Callable[[], AbstractContextManager[Ledger]],
        *,
        authority: Authority,
    ) -> None:
        self._ledger = ledger
        self._channels = channels
        self._leases = leases
        self._halt = halt
        self._authority = authority
        self._reconnected = reconnected
        self._recording = Recording(ledger, reconnected)

    def look(self) -> int:
        """Claim and handle what can start now; give back how much that was."""
        if self._halt:
            return 0
        reach(Point.BEFORE_CLAIM)
        claims = self._leases.claim(self._ledger)
        metrics.CLAIMS.labels(stage="send").inc(len(claims))
        if not claims:
            self._let_go()
        for claim in claims:
            reach(Point.AFTER_CLAIM)
            try:
                with metrics.STAGE_DURATION.labels("send").time(), tracing.of("send", claim):
                    self._handle(claim)
            except LeaseLost as lost:
                metrics.LEASES_LOST.labels(stage="send").inc()
                log.warning("lease lost", intent=claim.id, fence=claim.fence, why=str(lost))
            finally:
                self._leases.forget(claim)
        return len(claims)

    def _let_go(self) -> None:
        for channel in self._channels.values():
            channel.let_go()

    def _handle(self, claim: Claim) -> None:
        channel = self._channels.get(claim.channel)
        if channel is None:
            self._settle(claim, Refused(f"no channel is configured for {claim.channel}"))
            return
        held = as_approved(claim, channel)
        if isinstance(held, Refused):
            metrics.NOT_AS_APPROVED.inc()
            self._settle(claim, held)
            return
        try:
            if claim.limited is not None:
                raise closed(claim.limited)
            outcome = channel.send(claim, self._permit(held))
        except GateClosed as gate:
            metrics.GATE_REFUSALS.labels(reason=gate.reason).inc()
            log.warning("gate closed", intent=claim.id, reason=gate.reason)
            reach(Point.GATE_CLOSED)
            if gate.reason in PASSING:
                self._rest(claim, gate)
                return
            outcome = _held_back(gate)
        self._settle(claim, outcome)

    def _permit(self, held: Approved) -> Permit:
        claim = held.claim

        def permit() -> None:
            try:
                self._leases.permit(self._ledger, self._authority, held, enough=ENOUGH)
            except CommitUnknown as doubt:
                self._resolve(claim, doubt)
            reach(Point.AFTER_PERMIT_GIVEN)
            if not self._leases.left(claim):
                raise LeaseLost(f"the permit of intent {claim.id} came after its lease")

        return permit

    def _resolve(self, claim: Claim, doubt: CommitUnknown) -> None:
        """Find out whether the permit was given.  Returns only if it was."""
        try:
            with self._reconnected() as ledger:
                given = ledger.committed(doubt)
        except DependencyDown:
            given = None
        metrics.COMMITS_UNKNOWN.inc()
        log.warning("commit unknown", intent=claim.id, fence=claim.fence, committed=given)
        if given is None:
            raise LeaseLost(f"nobody knows whether intent {claim.id} has its permit")
        if not given:
            raise GateClosed("permit_lost")

    def _settle(self, claim: Claim, outcome: Outcome) -> None:
        named = type(outcome).__name__.lower()
        metrics.ATTEMPTS.labels(channel=claim.channel, outcome=named).inc()
        log.info("send settled", intent=claim.id, fence=claim.fence, outcome=named)
        match outcome:
            case Delivered(evidence):
                self._halt.end()
                self._record(claim, State.SENT, "sent", evidence)
            case Refused(reason, evidence):
                self._record(claim, State.IN_REVIEW, "refused", {**evidence, "why": reason})
            case Uncertain(reason, evidence):
                self._record(claim, State.STRANDED, "stranded", {**evidence, "why": reason})
            case Deferred(reason, evidence):
                pause = dt.timedelta(seconds=min(2**claim.claims, 300))
                self._put_back(claim, pause, {**evidence, "why": reason})
            case Halted(reason, evidence):
                self._halt.begin(reason)
                self._put_back(claim, self._halt.pause, {**evidence, "why": reason})
            case never:
                assert_never(never)

    def _record(self, claim: Claim, target: State, kind: str, evidence: Evidence) -> None:
        told = Settlement(claim, target, kind, evidence)
        reach(Point.BEFORE_SETTLE)
        self._recording.settle(told, self._leases)
        reach(Point.AFTER_SETTLE)

    def _put_back(self, claim: Claim, pause: dt.timedelta, evidence: Evidence) -> None:
        def put_back(ledger: Ledger) -> None:
            ledger.put_back(claim, pause=pause, evidence=evidence)

        reach(Point.BEFORE_PUT_BACK)
        self._recording.keep(claim, evidence, put_back)
        reach(Point.AFTER_PUT_BACK)

    def _rest(self, claim: Claim, closed: GateClosed) -> None:
        evidence: Evidence = {"gate": closed.reason, "why": str(closed)}
        self._recording.keep(claim, evidence, lambda ledger: ledger.rest(claim, evidence))


def _held_back(closed: GateClosed) -> Outcome:
    """What is not the intent's fault may leave later; the rest needs a person's look."""
    evidence: Evidence = {"gate": closed.reason}
    if closed.reason in NOT_ITS_FAULT:
        return Deferred(str(closed), evidence)
    return Refused(str(closed), evidence)
