"""When the same bytes may leave again, under the same permit.

Only where the destination has said that it takes the same key as the same request, and for how
long; never beyond that, never other bytes, never once the lease is lost, and so never in
another attempt.  A doubt is only ever ended by a yes.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from consumers.channels import Deferred, Delivered, Outcome, Permit, Refused, Uncertain
from consumers.channels.http.answer import Answer
from consumers.channels.http.connecting import Way
from consumers.channels.http.destinations import Idempotency
from consumers.channels.http.events import Event
from consumers.channels.http.exchange import exchanged
from consumers.channels.http.request import Request
from consumers.channels.http.signature import wished
from consumers.channels.http.trail import Trail
from consumers.channels.http.verdict import VERDICTS
from consumers.channels.line import Stopped

PATIENCE = dt.timedelta(seconds=30)
"""How long after its first byte an attempt may begin to say it again, at most."""
MOST = 4
"""How often it is said, at most."""

Believed = Callable[[Answer, Trail], None]
"""Raises `Stopped` if this answer is no yes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats:
    """What a destination allows, and how waiting is done."""

    window: dt.timedelta = dt.timedelta(0)
    """For how long it takes the same key as the same request; zero: it says nothing."""
    held: Callable[[], bool] = lambda: True
    """Whether the lease is still ours."""
    wait: Callable[[float], None] = time.sleep
    now: Callable[[], float] = lambda: time.clock_gettime(time.CLOCK_BOOTTIME)

    def of(self, promised: Idempotency | None, held: Callable[[], bool]) -> Repeats:
        """Of an attempt at a destination that has promised this, or nothing."""
        window = promised.lasts if promised else dt.timedelta(0)
        return replace(self, window=window, held=held)


class Attempt:
    """One attempt: a request, said once, or again where that is the same."""

    def __init__(self, request: Request, way: Way, believed: Believed, trail: Trail) -> None:
        self._request, self._way, self._believed = request, way, believed
        self._trail = trail
        self._begun: float | None = None
        self._event: Event | None = None
        self._retry_after = ""

    def made(self, permit: Permit, repeats: Repeats) -> Outcome:
        """What became of it.  What the permit raises passes through: nothing was written."""

        def cross() -> None:
            permit()
            self._begun = repeats.now()

        outcome, doubt = self._said(cross), False
        for said in range(1, MOST):
            doubt = doubt or isinstance(outcome, Uncertain)
            if not self._may_repeat(said, outcome, repeats):
                break
            self._trail.note(repeated=said)
            outcome = self._said(lambda: None)
        if isinstance(outcome, Refused | Deferred) and doubt:
            return Uncertain(
                f"what was said before is in doubt; {outcome.reason}", outcome.evidence
            )
        if isinstance(outcome, Deferred) and self._begun is not None:
            return Refused(outcome.reason, outcome.evidence)  # the permit is spent
        return outcome

    def _may_repeat(self, said: int, outcome: Outcome, repeats: Repeats) -> bool:
        if self._begun is None or isinstance(outcome, Delivered):
            return False
        if self._event is Event.NO:
            return False
        until = self._begun + min(repeats.window, PATIENCE).total_seconds()
        wish = wished(self._retry_after, time.time(), 2 * PATIENCE).total_seconds()
        pause = max(2.0 ** (said - 1), wish)
        if repeats.now() + pause >= until:
            return False
        repeats.wait(pause)
        return repeats.held() and repeats.now() < until

    def _said(self, permit: Permit) -> Outcome:
        trail = self._trail
        self._event, self._retry_after = None, ""
        try:
            answer = exchanged(self._request, self._way, permit, trail)
            self._note(answer)
            self._believed(answer, trail)
        except Stopped as stop:
            self._event = Event(stop.event)
            verdict = VERDICTS[trail.phase][self._event]
            reason = trail.without_secrets(f"{trail.phase}: {stop.reason}")
            return verdict(reason, trail.evidence())
        return Delivered(trail.evidence())

    def _note(self, answer: Answer) -> None:
        self._retry_after = answer.headers.get("retry-after", "")[:50]
        self._trail.note(status=answer.status, answer_whole=answer.whole)
        if self._retry_after:
            self._trail.note(retry_after=self._retry_after)
