"""What counts as an answer of the model: exactly what was asked for, and nothing else."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from consumers.scorers.judge.question import CONCERNS
from consumers.scorers.kinds import Kind
from consumers.scorers.leaks import cards, exposed, labelled, scattered
from outbox.fields import Fields

_MAILBOX = re.compile(r"\S@\S")
_LONGEST = 300


def _one_of_ours(kind: Kind) -> Kind:
    if kind not in CONCERNS:
        raise ValueError("not one of the kinds")
    return kind


class Concern(Fields):
    """One thing to look at."""

    kind: Annotated[Kind, Field(strict=False), AfterValidator(_one_of_ours)]
    said: Annotated[str, StringConstraints(max_length=2000), Field(alias="reason")]

    @property
    def reason(self) -> str:
        """What the model says, on one line, unless it repeats what no score may hold."""
        text = " ".join(self.said.split())[:_LONGEST]
        leaks = (*exposed(text), *labelled(text), *scattered(text), *cards(text))
        if leaks or _MAILBOX.search(text) or not text:
            return f"the model found: {self.kind.meaning}"
        return f"the model says: {text}"


class Answer(Fields):
    """A whole one."""

    word: str
    confidence: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
    concerns: Annotated[tuple[Concern, ...], Field(max_length=20)]


class _Message(BaseModel):
    content: str
    refusal: Any = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Usage(BaseModel):
    prompt_tokens: Annotated[int, Field(ge=0, le=100_000_000)]
    completion_tokens: Annotated[int, Field(ge=0, le=100_000_000)]


class Completion(BaseModel):
    """What the endpoint says around it; whatever else it says does not matter."""

    choices: Annotated[tuple[_Choice, ...], Field(min_length=1)]
    usage: _Usage
