"""Whether people have authorised what is about to leave, in the sender's own eyes.

Asked at the last moment, right before the permit.  The database is only where signatures
are found: what they must be of is read off the bytes in hand, and whose they are is judged
by root keys that the sender knows from outside.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from outbox.authority import documents
from outbox.claim import Claim
from outbox.errors import GateClosed
from outbox.store import Connection, doubts
from schemas.authority.documents import Item
from schemas.authority.judging import Asked, judge
from schemas.authority.keeping import envelope_of
from schemas.authority.roster import Refusal
from schemas.receipts.keys import Trust

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
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self._connection = connection
        self._roots = roots
        self._now = now

    def __call__(self, claim: Claim) -> None:
        """Raises `CommitUnknown`, of nothing, if the connection to the database breaks."""
        with doubts(self._connection, hint=""):
            found = documents.signed(self._connection, claim.id)
        item = Item(claim.id, claim.version, claim.manifest_digest)
        given = map(envelope_of, found.documents)
        try:
            judge(Asked(found.log, item, found.needed), given, self._roots, self._now())
        except Refusal as refused:
            hint = "see who may sign: holdshort reviewer list"
            raise GateClosed(refused.reason, str(refused), hint=hint) from None
