"""Lives of intents that end well."""

from __future__ import annotations

from outbox import Email
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.store import Connection
from tests.parts import journey


def sent(db: Connection, artifact: Email | None = None) -> int:
    """An intent that was scored, approved and sent."""
    ledger = Ledger(db, worker="sender-1")
    claim = journey.permitted(db, ledger, artifact)
    reply = {"final_reply": "250 2.0.0 queued as 42", "message_id": "<1.1.0@example.com>"}
    ledger.settle(claim, State.SENT, kind="sent", evidence={**reply})
    return claim.id
