"""What the built-in scorers can find: a closed list, so that it can be counted.

A finding lowers the confidence by its weight; one that holds sends the intent to a person
whatever the confidence is.  The reason beside it is a sentence for that person.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from outbox.results import Score


class Kind(StrEnum):
    """What was found, in one word; `meaning` says it in a sentence."""

    weight: float
    """How much of the confidence it takes: 0 nothing, 1 all of it."""
    meaning: str
    holds: bool

    def __new__(
        cls,
        value: str,
        weight: float = 0.0,
        meaning: str = "",
        holds: bool = False,
    ) -> Kind:
        kind = str.__new__(cls, value)
        kind._value_, kind.weight, kind.meaning, kind.holds = value, weight, meaning, holds
        return kind

    PLACEHOLDER = "placeholder", 0.6, "a field or a blank that nobody filled in"
    AUTHORS_NOTE = "authors-note", 0.5, "a note of the author to itself"
    GREETS_NOTHING = "greets-nothing", 0.6, "a greeting of a program's word for nothing"
    GREETS_NOBODY = "greets-nobody", 0.35, "a greeting without a name"
    INCOMPLETE = "incomplete", 0.1, "something is missing that a complete mail has"
    ASSISTANT_TALK = "assistant-talk", 0.5, "what a model says to whoever asked it"
    PROGRAM_TEXT = "program-text", 0.4, "what a program writes, in a text for people"
    GARBLED_TEXT = "garbled-text", 0.4, "letters that were read in the wrong encoding"
    SAID_TWICE = "said-twice", 0.35, "a paragraph that is there twice"
    IMPOSSIBLE_DATE = "impossible-date", 0.4, "a date that is not, or not on that weekday"
    SECRET = "secret", 0.9, "a password, a key or a token"
    CARD_NUMBER = "card-number", 0.9, "the number of a payment card"
    PERSONAL_DATA = "personal-data", 0.4, "what identifies a person, or tells of their health"
    ADDRESS_LIST = "address-list", 0.35, "mail addresses of many others"
    NEW_DOMAIN = "new-domain", 0.35, "a recipient where nothing was sent lately"
    MISTYPED_DOMAIN = "mistyped-domain", 0.6, "a new domain, one letter off a known one"
    MANY_ORGANISATIONS = "many-organisations", 0.35, "recipients who may not know each other"
    UNREAD_MAILBOX = "unread-mailbox", 0.35, "a recipient that nobody reads"
    SHORTENED_LINK = "shortened-link", 0.35, "a link that hides where it leads"
    INTERNAL_LINK = "internal-link", 0.5, "a link that works inside of a house only"
    MISSING_FILE = "missing-file", 0.5, "it speaks of an attachment, and has none"
    LOCKED_FILE = "locked-file", 0.35, "an attachment that nobody can look into"
    NEAR_DUPLICATE = (
        "near-duplicate",
        0.5,
        "it was sent to this recipient before, in these words or in others",
        True,
    )
    HIDDEN_TEXT = "hidden-text", 0.6, "text that its reader does not see"
    DIFFERENT_TEXT = "different-text", 0.35, "HTML and plain text that do not say the same"
    INVISIBLE_CHARACTERS = "invisible-characters", 0.35, "characters that nobody sees"
    LOOKALIKE = "lookalike", 0.6, "letters that look like others, in a name or a host"
    MISLEADING_LINK = "misleading-link", 0.6, "a link that leads elsewhere than it says"
    REMOTE_CONTENT = "remote-content", 0.2, "something that is loaded when it is opened"
    ACTIVE_CONTENT = "active-content", 0.6, "a script or a form"
    DISGUISED_FILE = "disguised-file", 0.6, "an attachment that is not what it says"
    DANGEROUS_FILE = "dangerous-file", 0.6, "an attachment that can run something"
    UNREADABLE = "unreadable", 0.35, "too large or too tangled to be looked at whole"
    SOON_OVER = "soon-over", 0.35, "it may leave for a short time only"
    STALE_FACT = "stale-fact", 0.6, "something that it says is not so any more", True
    THREAD_WENT_ON = "thread-went-on", 0.6, "somebody has written since it was written", True
    PROMPT_INJECTION = "prompt-injection", 0.6, "text that tells a model what to judge", True
    WRONG_TONE = "wrong-tone", 0.4, "a tone that does not fit, as a model judges"
    UNFOUNDED_CLAIM = "unfounded-claim", 0.4, "a claim or a promise without ground, so judged"
    CONFIDENTIAL = "confidential", 0.6, "what others should not read, as a model judges"
    WRONG_RECIPIENT = "wrong-recipient", 0.6, "not meant for these, as a model judges"
    UNCLEAR = "unclear", 0.35, "nobody can tell what it asks or says, as a model judges"
    OTHER_CONCERN = "other-concern", 0.35, "something else, as a model judges"


@dataclass(frozen=True, slots=True)
class Found:
    """One finding."""

    kind: Kind
    reason: str
    """A sentence that names no secret and no address: scores go into receipts."""


def scored(found: Sequence[Found], scorer: str, version: str) -> Score:
    """What these findings leave of the confidence."""
    return Score(
        confidence=round(math.prod(1 - one.kind.weight for one in found), 4),
        reasons=tuple(one.reason for one in found),
        scorer=scorer,
        version=version,
        holds=any(one.kind.holds for one in found),
        kinds=tuple(dict.fromkeys(one.kind.value for one in found)),
    )
