"""The life of an intent, written down once.

    submitted -> scoring -> scored -> in_review | awaiting_approval
              -> approved -> sending -> releasing -> sent

Anything that is not a row of `MOVES` cannot happen: the first migration loads the
same rows into `outbox.move`, and a foreign key checks every change of state against
them.  Read the table for what it lacks: no row leads from `releasing` or `stranded`
to anything that a machine may send.  What may have left the building is never
attempted again by a machine; its only way out of doubt is a person.
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class State(StrEnum):
    UNBORN = "unborn"  # before the first row; nothing is ever stored in it
    SUBMITTED = "submitted"  # durable; nobody has looked at it yet
    SCORING = "scoring"  # leased to a scorer
    SCORED = "scored"  # has a confidence, awaits routing
    IN_REVIEW = "in_review"  # awaits a person who looks closely
    AWAITING_APPROVAL = "awaiting_approval"  # awaits a person's yes
    SENT_BACK = "sent_back"  # a person asks the agent for another version
    APPROVED = "approved"  # a person authorised exactly these bytes
    SENDING = "sending"  # leased to a sender; everything done so far can be undone
    RELEASING = "releasing"  # the permit was given: the bytes may be out
    SENT = "sent"  # delivered, receipt written
    STRANDED = "stranded"  # outcome unknown; awaits a person
    REJECTED = "rejected"  # a person said no
    WITHDRAWN = "withdrawn"  # the agent, or a person, took it back
    EXPIRED = "expired"  # its `not_after` passed before it left


class Role(StrEnum):
    AGENT = "agent"
    SCORER = "scorer"
    ROUTER = "router"
    GRANTER = "granter"  # a person's standing grant, under that person's name
    HUMAN = "human"
    SENDER = "sender"
    SWEEPER = "sweeper"


class Move(NamedTuple):
    """One legal change of state, and the only role that may make it."""

    source: State
    target: State
    by: Role


class Lease(NamedTuple):
    """A state held under a lease, and where the sweeper takes what was left in it."""

    state: State
    on_expiry: State
    exhausted: State
    """Where it goes instead once it was claimed `max_claims` times without moving on."""
    max_claims: int


WAITING = (
    State.SUBMITTED,
    State.SCORED,
    State.IN_REVIEW,
    State.AWAITING_APPROVAL,
    State.SENT_BACK,
    State.APPROVED,
)

EDITABLE = (State.IN_REVIEW, State.AWAITING_APPROVAL, State.SENT_BACK, State.APPROVED)

LEASES = (
    Lease(State.SCORING, State.SUBMITTED, State.IN_REVIEW, 5),
    Lease(State.SENDING, State.APPROVED, State.IN_REVIEW, 8),
    Lease(State.RELEASING, State.STRANDED, State.STRANDED, 1),
)

MOVES = frozenset(
    {
        Move(State.UNBORN, State.SUBMITTED, Role.AGENT),
        Move(State.SUBMITTED, State.SCORING, Role.SCORER),
        Move(State.SCORING, State.SCORED, Role.SCORER),
        Move(State.SCORED, State.IN_REVIEW, Role.ROUTER),
        Move(State.SCORED, State.AWAITING_APPROVAL, Role.ROUTER),
        Move(State.IN_REVIEW, State.APPROVED, Role.HUMAN),
        Move(State.IN_REVIEW, State.REJECTED, Role.HUMAN),
        Move(State.AWAITING_APPROVAL, State.APPROVED, Role.HUMAN),
        # Under a grant, and never what is in review: there a person looks closely.
        Move(State.AWAITING_APPROVAL, State.APPROVED, Role.GRANTER),
        Move(State.AWAITING_APPROVAL, State.REJECTED, Role.HUMAN),
        # Its only way back to a person is another version, or the end.
        Move(State.IN_REVIEW, State.SENT_BACK, Role.HUMAN),
        Move(State.AWAITING_APPROVAL, State.SENT_BACK, Role.HUMAN),
        Move(State.SENT_BACK, State.REJECTED, Role.HUMAN),
        Move(State.APPROVED, State.IN_REVIEW, Role.HUMAN),  # revoked
        Move(State.APPROVED, State.SENDING, Role.SENDER),
        Move(State.SENDING, State.APPROVED, Role.SENDER),  # provably not sent
        Move(State.SENDING, State.IN_REVIEW, Role.SENDER),  # refused for good
        Move(State.SENDING, State.RELEASING, Role.SENDER),  # the permit
        Move(State.RELEASING, State.SENT, Role.SENDER),
        Move(State.RELEASING, State.IN_REVIEW, Role.SENDER),  # refused after the permit
        Move(State.RELEASING, State.STRANDED, Role.SENDER),
        Move(State.STRANDED, State.SENT, Role.SENDER),  # the same attempt's late receipt
        Move(State.STRANDED, State.SENT, Role.HUMAN),
        Move(State.STRANDED, State.IN_REVIEW, Role.HUMAN),  # "not sent", after quiescence
        Move(State.STRANDED, State.REJECTED, Role.HUMAN),
    }
    | {Move(lease.state, lease.on_expiry, Role.SWEEPER) for lease in LEASES}
    | {Move(lease.state, lease.exhausted, Role.SWEEPER) for lease in LEASES}
    | {
        Move(source, State.SUBMITTED, role)  # an edit is a new version: scored again
        for source in EDITABLE
        for role in (Role.AGENT, Role.HUMAN)
    }
    | {Move(s, State.WITHDRAWN, r) for s in WAITING for r in (Role.AGENT, Role.HUMAN)}
    | {Move(source, State.EXPIRED, Role.SWEEPER) for source in WAITING}
)

LEASED = frozenset(lease.state for lease in LEASES)
FINAL = frozenset(s for s in State if not any(move.source is s for move in MOVES))


def mermaid() -> str:
    """The table as a Mermaid state diagram; the README shows it and a test keeps it true."""
    order = list(State)
    roles: dict[tuple[State, State], list[str]] = {}
    for move in sorted(
        MOVES, key=lambda m: (order.index(m.source), order.index(m.target), m.by)
    ):
        roles.setdefault((move.source, move.target), []).append(move.by)
    arrows = [
        f"    {source if source is not State.UNBORN else '[*]'} --> {target}: {', '.join(by)}"
        for (source, target), by in roles.items()
    ]
    return "\n".join(["stateDiagram-v2", *arrows])
