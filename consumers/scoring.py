"""Score what was submitted.

A score can only ever ask for more scrutiny.  A scorer that fails, hangs or answers nonsense,
and an artifact that cannot be read, score 0 and hold it: a person looks closely.  Each scorer
works in a room of its own (`consumers.scorers.rooms`): none takes another's score along.
"""

from __future__ import annotations

import datetime as dt
import faulthandler
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import structlog

from consumers.scorers import Panel
from consumers.scorers.history import Past
from outbox import metrics, tracing
from outbox.claim import SCORE, Claim, Stage
from outbox.failpoints import Point, reach
from outbox.ledger import Ledger
from outbox.results import Score

log = structlog.get_logger()

SLACK = dt.timedelta(seconds=10)
"""Of a lease, for all that is not judging."""
_STDERR = 2


def patient(patience: dt.timedelta) -> Stage:
    """A batch that fits its lease, should the scorers take all of `patience` for each mail."""
    batch = max(1, min(SCORE.batch, (SCORE.lease - SLACK) // patience))
    return replace(SCORE, batch=batch, lease=max(SCORE.lease, patience + SLACK))


def look(ledger: Ledger, panel: Panel, past: Past, stage: Stage = SCORE) -> int:
    """Claim and score one batch; give back how many.

    Ends the process if that takes longer than the leases of `stage` last.
    """
    reach(Point.BEFORE_SCORE_CLAIM)
    until = time.monotonic() + (stage.lease - min(SLACK, stage.lease / 2)).total_seconds()
    claims = ledger.claim(stage)
    if not claims:
        return 0
    metrics.CLAIMS.labels(stage="score").inc(len(claims))
    for claim in claims:
        metrics.STAGE_WAIT.labels(stage="score").observe(claim.waited(stage.lease))
    with _ending_with(stage.lease):
        reach(Point.AFTER_SCORE_CLAIM)
        history = past.read([claim.id for claim in claims])
        reach(Point.AFTER_HISTORY)
        _score_each(claims, ledger, lambda claim: panel.judge(claim, history, until))
    return len(claims)


@contextmanager
def _ending_with(lease: dt.timedelta) -> Iterator[None]:
    """End the process, and say where it hangs, if the block takes longer than `lease`."""
    # Its own thread of C: what never lets the interpreter go is ended, too.
    faulthandler.dump_traceback_later(lease.total_seconds(), exit=True, file=_STDERR)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def _score_each(
    claims: list[Claim], ledger: Ledger, judged: Callable[[Claim], tuple[Score, ...]]
) -> None:
    """What was claimed before is kept by itself: who dies of it takes nobody else along."""
    given = list[tuple[Claim, Score]]()
    for claim in claims:
        if claim.claims > 1:
            _keep(given, ledger)
        with metrics.STAGE_DURATION.labels(stage="score").time(), tracing.of("score", claim):
            given += ((claim, score) for score in judged(claim))
        if claim.claims > 1:
            _keep(given, ledger)
    _keep(given, ledger)


def _keep(given: list[tuple[Claim, Score]], ledger: Ledger) -> None:
    """Record these scores, and give their leases back; forget them then."""
    if not given:
        return
    reach(Point.BEFORE_SCORE)
    kept = ledger.scores(given)
    reach(Point.AFTER_SCORE)
    for claim in {claim.id: claim for claim, _ in given}.values():
        if claim.id not in kept:
            metrics.LEASES_LOST.labels(stage="score").inc()
            log.warning("lease lost", intent=claim.id, fence=claim.fence)
    for claim, score in given:
        if claim.id in kept:
            metrics.CONFIDENCE.observe(score.confidence)
            said = {"scorer": score.scorer, "confidence": score.confidence}
            log.info("intent scored", intent=claim.id, **said)
    given.clear()
