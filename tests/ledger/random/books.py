"""What must be true of the database and the wire together, after every step."""

from __future__ import annotations

from collections import Counter

from deploy.bench.flat.rewriting import rewriting
from outbox.lifecycle import MOVES, Move, Role, State
from outbox.store import Connection
from schemas.receipts.bundle import OfLog
from schemas.receipts.envelope import STATEMENT, Envelope
from schemas.receipts.verifying import verify
from tests.ledger.random.wire import Wire
from tests.parts.receipts import TRUST, attest

BOOKED = {State.RELEASING, State.STRANDED, State.SENT, State.REJECTED}


def nothing_arrives_twice(wire: Wire) -> None:
    """I1, without any override: there is none."""
    arrived = Counter(claim.id for claim in wire.effects())
    assert max(arrived.values(), default=0) <= 1, arrived


def what_arrives_was_approved(db: Connection, wire: Wire) -> None:
    """I2: those very bytes, by an approval that nobody had revoked."""
    spent = {
        fence: (digest, revoked)
        for fence, digest, revoked in db.execute(
            "SELECT attempt.fence, approval.digest, approval.revoked_at"
            "  FROM outbox.attempt JOIN outbox.approval ON approval.id = attempt.approval_id"
        )
    }
    for claim in wire.effects():
        assert spent.get(claim.fence) == (claim.digest, None)


def what_arrived_is_on_the_books(db: Connection, wire: Wire) -> None:
    """I3, and I4: called sent is only what arrived."""
    states = {
        id: State(state) for id, state in db.execute("SELECT id, state FROM outbox.intent")
    }
    for claim in wire.effects():
        assert states[claim.id] in BOOKED
    for id, state in states.items():
        assert state is not State.SENT or wire.has(id)


def an_approval_is_spent_once(db: Connection) -> None:
    rows = db.execute("SELECT approval_id, intent_id FROM outbox.attempt").fetchall()
    approvals: dict[int, int] = dict(
        db.execute("SELECT id, intent_id FROM outbox.approval").fetchall()
    )
    assert len({approval for approval, _ in rows}) == len(rows) <= len(approvals)
    assert all(approvals[approval] == intent for approval, intent in rows)


def every_life_follows_the_law(db: Connection) -> None:
    """I8: rows of the law, one after the other, from birth to where the intent is now."""
    at: dict[int, State] = {}
    events = "SELECT intent_id, source, target, role FROM outbox.event ORDER BY seq"
    for id, source, target, role in db.execute(events):
        move = Move(State(source), State(target), Role(role))
        assert move in MOVES
        assert at.get(id, State.UNBORN) is move.source
        at[id] = move.target
    assert at == dict(db.execute("SELECT id, state FROM outbox.intent").fetchall())


def receipts(db: Connection) -> list[tuple[object, ...]]:
    """I6: what it gives back later begins with what it gives back now."""
    return db.execute("SELECT * FROM outbox.receipt ORDER BY id").fetchall()


def what_a_stranger_says(db: Connection) -> str:
    """On all receipts, as soon as all are attested; empty if there are none."""
    attest(db)
    notes = db.execute("SELECT note FROM outbox.checkpoint ORDER BY size DESC LIMIT 1")
    leaves = db.execute("SELECT statement, key, signature FROM outbox.leaf ORDER BY index")
    envelopes = [Envelope(STATEMENT, *row) for row in leaves]
    return "".join(str(verify(OfLog(note, envelopes).written(), TRUST)) for (note,) in notes)


OF_THE_PAST = (
    *("unpublished", "unattested", "leaf", "node", "checkpoint", "event", "receipt"),
    *("counted", "recipient", "attempt", "approval", "score", "artifact", "intent"),
)


def emptied(db: Connection) -> None:
    """A database without a past, for the next run: no rule of ours could do this."""
    with rewriting(db, *OF_THE_PAST):
        for table in OF_THE_PAST:
            db.execute(f"DELETE FROM outbox.{table}".encode())
        db.execute("UPDATE outbox.switch SET outbound = true")
