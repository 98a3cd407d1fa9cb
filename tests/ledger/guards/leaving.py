"""What the scenes of limits have in common: an intent in hand, and its permit asked for."""

from __future__ import annotations

from outbox import Proposal, submit
from outbox.claim import SEND, Claim
from outbox.desk import Desk
from outbox.intent import Artifact
from outbox.ledger import Ledger
from outbox.limits.setting import Limits
from outbox.store import Connection
from tests.ledger.guards.answers import answer, one
from tests.parts import journey
from tests.parts.journey import HOUR, SECOND

TO_MANY = journey.mail().model_copy(
    update={
        "to": ("Ada@example.org", "ada@example.org", "bob@example.org"),
        "cc": ("eve@example.net",),
    }
)


def limits(db: Connection) -> Limits:
    return Limits(db, actor="grace")


def held(db: Connection, artifact: Artifact, producer: str = "tests") -> Claim:
    """An intent with these bytes in a sender's hands."""
    key = f"limits-{one(db, 'SELECT count(*) FROM outbox.intent')}"
    intent = submit(db, Proposal(artifact=artifact, key=key, producer=producer))
    journey.score_and_route(db)
    Desk(db, actor="ada").approve(intent.id, digest=journey.seen(db, intent.id), valid_for=HOUR)
    journey.switch_on(db)
    [claim] = Ledger(db, worker="worker-1").claim(SEND)
    return claim


def permit(db: Connection, claim: Claim) -> str:
    return answer(db, lambda: Ledger(db, worker="worker-1").permit(claim, enough=SECOND))
