"""Score what was submitted.

A score can only ever ask for more scrutiny.  A scorer that fails, or answers nonsense, and
an artifact that cannot be read, score 0: a person looks closely.  One that hangs takes its
process with it: the batch is swept, and after some times a person looks.
"""

from __future__ import annotations

import datetime as dt
import faulthandler
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import structlog

from consumers.scorers import History, Scorer
from consumers.scorers.history import Past
from outbox import metrics, tracing
from outbox.claim import SCORE, Claim, Stage
from outbox.errors import BadArtifact
from outbox.failpoints import Point, reach
from outbox.ledger import Ledger
from outbox.results import Score

log = structlog.get_logger()

_LONGEST_REASON = 500
_STDERR = 2


def look(ledger: Ledger, scorer: Scorer, past: Past, stage: Stage = SCORE) -> int:
    """Claim and score one batch; give back how many.

    Ends the process if that takes longer than the leases of `stage` last.
    """
    reach(Point.BEFORE_SCORE_CLAIM)
    claims = ledger.claim(stage)
    if not claims:
        return 0
    metrics.CLAIMS.labels(stage="score").inc(len(claims))
    for claim in claims:
        metrics.STAGE_WAIT.labels(stage="score").observe(claim.waited(stage.lease))
    with _ending_with(stage.lease):
        reach(Point.AFTER_SCORE_CLAIM)
        history = past.read()
        reach(Point.AFTER_HISTORY)
        _score_each(claims, ledger, scorer, history)
    return len(claims)


@contextmanager
def _ending_with(lease: dt.timedelta) -> Iterator[None]:
    """End the process, and say where it hangs, if the block takes longer than `lease`."""
    # Its own thread of C: a scorer that never lets the interpreter go is ended, too.
    faulthandler.dump_traceback_later(lease.total_seconds(), exit=True, file=_STDERR)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def _score_each(claims: list[Claim], ledger: Ledger, scorer: Scorer, history: History) -> None:
    """What was claimed before is kept by itself: who hangs on it takes nobody else along."""
    given = list[tuple[Claim, Score]]()
    for claim in claims:
        if claim.claims > 1:
            _keep(given, ledger)
        with metrics.STAGE_DURATION.labels(stage="score").time(), tracing.of("score", claim):
            given.append((claim, _judged(claim, scorer, history)))
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
    for claim, score in given:
        if claim.id in kept:
            metrics.CONFIDENCE.observe(score.confidence)
            log.info("intent scored", intent=claim.id, confidence=score.confidence)
        else:
            metrics.LEASES_LOST.labels(stage="score").inc()
            log.warning("lease lost", intent=claim.id, fence=claim.fence)
    given.clear()


def _judged(claim: Claim, scorer: Scorer, history: History) -> Score:
    try:
        artifact = claim.artifact
    except BadArtifact as bad:
        return _nothing(scorer, f"these bytes are not a mail: {bad}")
    try:
        return _sound(scorer.score(artifact, history), scorer)
    except Exception as error:  # noqa: BLE001 -- a plug-in's border: a person looks
        why = type(error).__name__  # its message may repeat the mail
        metrics.SCORER_FAILURES.inc()
        log.error("scorer failed", intent=claim.id, scorer=scorer.name, why=why)
        return _nothing(scorer, f"the scorer failed: {why}")


def _sound(given: Score, scorer: Scorer) -> Score:
    if not _is_confidence(given.confidence):
        return _nothing(scorer, "the scorer gave no number between 0 and 1")
    return replace(given, reasons=tuple(map(_storable, given.reasons)))


def _is_confidence(given: object) -> bool:
    return isinstance(given, float | int) and 0 <= given <= 1  # NaN is not


def _nothing(scorer: Scorer, reason: str) -> Score:
    return Score(
        confidence=0.0,
        reasons=(_storable(reason),),
        scorer=scorer.name,
        version=scorer.version,
    )


def _storable(reason: str) -> str:
    # PostgreSQL's jsonb takes neither NUL nor half a surrogate pair.
    text = reason[:_LONGEST_REASON].encode("utf-8", "replace").decode()
    return text.replace("\0", "")
