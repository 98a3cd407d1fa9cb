"""Approve what a standing grant covers, in the name of the person who gave it.

A granter decides nothing: whether a grant covers an intent is a pure function of the two,
and a sender asks it again, of the grant as it was signed, before anything leaves.  What is
in review is never looked at: there a person looks closely.
"""

from __future__ import annotations

import structlog

from outbox import metrics, tracing
from outbox.errors import BadArtifact
from outbox.failpoints import Point, reach
from outbox.granting import Covered, Granter, InForce, Waiting
from outbox.manifest import manifest_of, required
from schemas.authority import standing
from schemas.authority.covering import Leaving, beyond
from schemas.authority.standing import Grant
from schemas.receipts.reading import Unreadable

log = structlog.get_logger()


class Granting:
    """One granting process; it knows what it has passed over."""

    def __init__(self, granter: Granter) -> None:
        self._granter = granter
        self._in_force: tuple[InForce, ...] = ()
        self._grants: list[tuple[InForce, Grant]] = []
        self._passed: dict[int, int] = {}

    def look(self) -> int:
        """Approve what is covered in one batch; give back how many were looked at."""
        reach(Point.BEFORE_GRANTING)
        self._know(self._granter.in_force())
        if not self._grants:
            return 0
        with self._granter.holding(self._passed) as waiting:
            reach(Point.GRANTING_HELD)
            covered = [found for one in waiting if (found := self._covered(one)) is not None]
            approved = self._granter.approve(covered) if covered else frozenset()
            reach(Point.BEFORE_GRANTED)
        reach(Point.AFTER_GRANTED)
        for one in waiting:
            if one.id in approved:
                with tracing.of("grant", one):
                    pass  # all were approved at once, and just now
        self._passed |= {one.id: one.version for one in waiting if one.id not in approved}
        if approved:
            metrics.CLAIMS.labels(stage="grant").inc(len(approved))
            log.info("intents approved by grant", count=len(approved))
        return len(waiting)

    def _know(self, in_force: tuple[InForce, ...]) -> None:
        """Another set of grants, or another policy: another look at everything."""
        if in_force == self._in_force:
            return
        self._in_force, self._passed, self._grants = in_force, {}, []
        for one in in_force:
            try:
                self._grants.append((one, standing.grant(one.content)))
            except Unreadable as bad:
                log.warning("grant unreadable", grant=one.id, why=str(bad))

    def _covered(self, waiting: Waiting) -> Covered | None:
        try:
            manifest = manifest_of(waiting, required(waiting.channel))
            leaving = Leaving(manifest, waiting.artifact.amount)
        except BadArtifact:
            return None  # a person sees why
        for one, said in self._grants:
            if one.tenant == said.tenant == waiting.tenant and not beyond(said, leaving):
                return Covered(waiting.id, manifest.written, one.id)
        return None
