"""A panel for tests to which it is no matter where a scorer runs."""

from __future__ import annotations

from consumers.scorers import History, Scorer
from outbox.claim import Claim
from outbox.results import Score


class Here:
    """Asks each where it stands."""

    def __init__(self, *scorers: Scorer) -> None:
        self._scorers = scorers

    def judge(self, claim: Claim, history: History, _: float) -> tuple[Score, ...]:
        return tuple(scorer.score(claim.artifact, history) for scorer in self._scorers)
