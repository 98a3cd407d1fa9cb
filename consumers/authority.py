"""Whether people have authorised what is about to leave, in the sender's own eyes.

Asked at the last moment, right before the permit.  The database is only where signatures
are found: what they must be of is read off the bytes in hand, and whose they are, and how
many it takes, is judged by root keys that the sender knows from outside.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from consumers.rulings import Rulings
from outbox.authority import documents
from outbox.authority.documents import Signed
from outbox.claim import Claim
from outbox.errors import GateClosed
from outbox.manifest import read
from outbox.store import Connection, doubts
from schemas.authority.covering import Leaving
from schemas.authority.documents import Item
from schemas.authority.judging import Asked, judge
from schemas.authority.keeping import envelope_of
from schemas.authority.needs import Facts, needs
from schemas.authority.policies import POLICY
from schemas.authority.roster import Refusal
from schemas.authority.standing import DELEGATION, GRANT
from schemas.receipts.envelope import Envelope
from schemas.receipts.keys import Trust

IN_ADVANCE = (GRANT, DELEGATION)

Authority = Callable[[Claim], None]
"""Raises `GateClosed` if nobody has authorised these bytes; nothing has left then."""


def by_name(_: Claim) -> None:
    """Believe the name in the database: who may write there may approve."""


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

    def __call__(self, claim: Claim) -> None:
        """Raises `CommitUnknown`, of nothing, if the connection to the database breaks."""
        with doubts(self._connection, hint=""):
            found = documents.signed(self._connection, claim.id)
        given = [envelope_of(one) for one in found.documents]
        try:
            judge(self._asked(claim, found, given), given, self._roots, self._now())
        except Refusal as refused:
            hint = "see who may sign, and how many must: holdshort reviewer list; policy show"
            raise GateClosed(refused.reason, str(refused), hint=hint) from None

    def _asked(self, claim: Claim, found: Signed, given: list[Envelope]) -> Asked:
        said = [one for one in given if one.kind == POLICY]
        policy = self._rulings.in_force(found.log, said[-1] if said else None)
        # The producer is a part of what was signed, so that no row can say another.
        barred = frozenset() if policy.sole_operator else found.authors | {claim.producer}
        item = Item(claim.id, claim.version, claim.manifest_digest)
        # To read it all is slow, and only what was signed in advance asks for it.
        leaving = _leaving(claim) if any(one.kind in IN_ADVANCE for one in given) else None
        needed = needs(policy, _facts(claim, found.tenant))
        return Asked(found.log, item, needed, barred, leaving)


def _leaving(claim: Claim) -> Leaving:
    """It was held against the bytes before: see `consumers.approved`."""
    return Leaving(read(claim.manifest or b""), claim.artifact.amount)


def _facts(claim: Claim, tenant: str) -> Facts:
    artifact = claim.artifact
    return Facts(
        channel=claim.channel,
        tenant=tenant,
        recipients=frozenset(map(str.lower, artifact.recipients)),
        amount=artifact.amount,
    )
