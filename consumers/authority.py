"""Whether people have authorised what is about to leave, in the sender's own eyes.

Asked at the last moment, right before the permit.  The database is only where signatures
are found: what they must be of is read off the bytes in hand, and whose they are, and how
many it takes, is judged by root keys that the sender knows from outside.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from consumers.approved import Approved
from consumers.rulings import Rulings
from outbox.authority import documents
from outbox.authority.documents import Signed
from outbox.claim import Claim
from outbox.errors import GateClosed
from outbox.store import Connection, doubts
from schemas.authority.covering import Leaving
from schemas.authority.documents import Item
from schemas.authority.judging import Asked, judge
from schemas.authority.keeping import envelope_of
from schemas.authority.needs import Facts, needs
from schemas.authority.policies import POLICY
from schemas.authority.roster import Refusal
from schemas.receipts.envelope import Envelope
from schemas.receipts.keys import Trust

Answers = list[GateClosed | None]
Authority = Callable[[Sequence[Approved]], Answers]
"""Of each, in their order, why it must not leave, or None if people have authorised these
bytes.  Nothing has left then."""


def by_name(held: Sequence[Approved]) -> Answers:
    """Believe the name in the database: who may write there may approve."""
    return [None] * len(held)


class BySignature:
    """Believe what enrolled people have signed, and nothing else."""

    def __init__(
        self,
        connection: Connection,
        roots: Trust,
        rulings: Rulings,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self._connection = connection
        self._roots = roots
        self._rulings = rulings
        self._now = now

    def __call__(self, held: Sequence[Approved]) -> Answers:
        """Raises `CommitUnknown`, of nothing, if the connection to the database breaks."""
        with doubts(self._connection, hint=""):
            found = documents.signed(self._connection, [one.claim.id for one in held])
        return [self._refusal(one, found[one.claim.id]) for one in held]

    def _refusal(self, held: Approved, found: Signed) -> GateClosed | None:
        given = [envelope_of(one) for one in found.documents]
        try:
            judge(self._asked(held, found, given), given, self._roots, self._now())
        except Refusal as refused:
            hint = "see who may sign, and how many must: holdshort reviewer list; policy show"
            return GateClosed(refused.reason, str(refused), hint=hint)
        return None

    def _asked(self, held: Approved, found: Signed, given: list[Envelope]) -> Asked:
        claim, said = held.claim, [one for one in given if one.kind == POLICY]
        policy = self._rulings.in_force(found.log, said[-1] if said else None)
        # The producer is a part of what was signed, so that no row can say another.
        barred = frozenset() if policy.sole_operator else found.authors | {claim.producer}
        item = Item(claim.id, claim.version, claim.manifest_digest)
        leaving = Leaving(held.manifest, claim.artifact.amount)
        needed = needs(policy, _facts(claim, found.tenant))
        return Asked(found.log, item, needed, barred, leaving)


def _facts(claim: Claim, tenant: str) -> Facts:
    artifact = claim.artifact
    return Facts(
        channel=claim.channel,
        tenant=tenant,
        recipients=frozenset(map(str.lower, artifact.recipients)),
        amount=artifact.amount,
    )
