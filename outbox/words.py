"""What an agent is told of its intent in each state, in words; the law says what may follow."""

from __future__ import annotations

from outbox.lifecycle import State

UNDECIDED = frozenset(
    {State.SUBMITTED, State.SCORING, State.SCORED, State.IN_REVIEW, State.AWAITING_APPROVAL}
)
"""No person has said anything yet."""
WORDS = {
    **dict.fromkeys(UNDECIDED, "held, not sent: it waits for a person's approval"),
    State.SENT_BACK: "held, not sent: a person asks for another version",
    State.APPROVED: "not sent yet: a person has approved it",
    State.SENDING: "not sent yet: a person has approved it",
    State.RELEASING: "it may be leaving at this moment",
    State.SENT: "sent, once",
    State.STRANDED: "nobody knows whether it was sent: a person finds out",
    State.REJECTED: "it will not be sent any more: a person said no",
    State.WITHDRAWN: "not sent, and it will not be: it was taken back",
    State.EXPIRED: "not sent, and it will not be: its time has passed",
}
"""In every state that one can be in.  What was stranded and given up is rejected, too, and may
have left: so of what is rejected it is not said that it was not sent."""
