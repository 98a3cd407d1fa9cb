"""What a model is told, in sentences: what stands, what that means, and what not to do."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

from outbox.adapters.ways import Known
from outbox.agents import Edited, Told
from outbox.errors import BadArtifact, Conflict, DependencyDown, HoldshortError, IllegalMove
from outbox.lifecycle import State
from outbox.words import UNDECIDED

_WAIT = "Do not send it another way; ask with get_intent."
SENTENCES = {
    **dict.fromkeys(
        UNDECIDED,
        f"held, not sent: intent {{id}} waits for a person (state {{state}}). {_WAIT}",
    ),
    State.SENT_BACK: "not sent: a person asks for another version of intent {id}{why}. Write"
    " version {next} with edit_intent, or take it back with withdraw_intent.",
    **dict.fromkeys(
        (State.APPROVED, State.SENDING),
        f"not sent yet: a person has approved intent {{id}} (state {{state}}). {_WAIT}",
    ),
    State.RELEASING: "leaving right now: whether intent {id} has left is not known yet."
    f" {_WAIT}",
    State.SENT: "sent: intent {id} has left, once. There is nothing more to do for it.",
    State.STRANDED: "nobody knows whether intent {id} has left; a person finds out. Do not send"
    " or propose it again, in no way.",
    # Also of what was given up after it had stranded: nobody knows whether that has left.
    State.REJECTED: "closed: a person said no to intent {id}{why}. Nothing of it will be sent"
    " any more. Do not propose it again under another key.",
    State.WITHDRAWN: "not sent, and it will not be: intent {id} was taken back.",
    State.EXPIRED: "not sent, and it will not be: the time of intent {id} has passed.",
}
"""What is said of an intent in each state that one can be in."""


class Standing(BaseModel):
    """Where one of the agent's own intents stands."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    said: str
    """All of it in words, to be read first."""
    intent: int
    """Its number."""
    key: str
    state: State
    version: int
    because: str | None = None
    reason: str | None = None
    """In the words of the person who said no, or asks for another version."""

    @classmethod
    def of(cls, known: Known, told: Sequence[Told] = ()) -> Standing:
        """`told` is what was done with it, the oldest first."""
        state = State(known.state)
        noes = [one for one in told if one.kind == state]
        no = noes[-1] if noes else None
        because, reason = (no.because, no.reason) if no else (None, None)
        said = SENTENCES[state].format(
            id=known.id,
            state=state,
            next=known.version + 1,
            why=f", because {because}: {reason}" if because else "",
        )
        return cls(
            said=said,
            intent=known.id,
            key=known.key,
            state=state,
            version=known.version,
            because=because,
            reason=reason,
        )


class Listed(BaseModel):
    """What the agent has proposed, the newest first."""

    model_config = ConfigDict(frozen=True, use_attribute_docstrings=True)

    said: str
    """All of it in words, to be read first."""
    intents: list[Standing]
    before: int | None = None
    """Ask for the next ones with this number; null: there are no more."""

    @classmethod
    def of(cls, known: Sequence[Known], before: int | None) -> Listed:
        intents = [Standing.of(one) for one in known]
        lines = [f"key {one.key}: {one.said}" for one in intents]
        more = [] if before is None else [f"There are more: list those before {before}."]
        said = "\n".join(lines + more) or "You have proposed nothing."
        return cls(said=said, intents=intents, before=before)


def refused(error: HoldshortError) -> str:
    """What a model is told of a refusal, and what to do next."""
    return f"refused: {error}. {_ADVICE.get(type(error), '')}".strip()


_ADVICE: dict[type[HoldshortError], str] = {
    BadArtifact: "Nothing is held. Mend that and propose it again under the same key.",
    Conflict: "Nothing new is held, and nothing is sent. Another key is for another matter.",
    Edited: "Read it again with get_intent: it has changed meanwhile.",
    IllegalMove: "See where it stands with get_intent.",
    DependencyDown: "What became of this call is not known. Do it once more, under the same"
    " key: that is safe. Do not send it another way.",
}
