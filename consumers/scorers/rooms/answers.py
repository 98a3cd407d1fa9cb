"""What comes out of a room: an answer in strict JSON to exactly what was asked, or none."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints, TypeAdapter

from outbox.fields import Fields
from outbox.results import Score

LONGEST_REASON = 500
MOST_REASONS = 50
MOST_KINDS = 20
LONGEST_ANSWER = 512 * 1024
_A_BILLIONTH = Decimal("1e-9")

Word = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
Line = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{1,200}$")]
Sentence = Annotated[str, StringConstraints(max_length=LONGEST_REASON)]


class Hello(Fields):
    """A room is open."""

    version: Line


class _Answer(Fields):
    asked: str
    """Repeats what only whoever was asked can know: no answer is of another mail."""


class Said(_Answer):
    """A score."""

    scorer: Line
    version: Line
    confidence: Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
    holds: bool
    kinds: Annotated[tuple[Word, ...], Field(max_length=MOST_KINDS)]
    reasons: Annotated[tuple[Sentence, ...], Field(max_length=MOST_REASONS)]
    cost: Annotated[Decimal, Field(ge=0, le=1_000_000, allow_inf_nan=False)]

    def score(self) -> Score:
        """It, as it can be kept."""
        return Score(
            confidence=self.confidence,
            reasons=tuple(map(storable, self.reasons)),
            scorer=self.scorer,
            version=self.version,
            holds=self.holds,
            kinds=self.kinds,
            cost=self.cost.quantize(_A_BILLIONTH).normalize(),
        )


class Failed(_Answer):
    """The scorer raised an exception of this name; its message may repeat the mail."""

    failed: Annotated[str, StringConstraints(pattern=r"^\w{1,100}$")]


class Unread(_Answer):
    """These bytes are no artifact."""

    unread: Sentence


Answer = Said | Failed | Unread
answer: TypeAdapter[Answer] = TypeAdapter(Answer)


def nothing(scorer: str, version: str, *, reason: str, kind: str = "unscored") -> Score:
    """What stands in the place of an answer that never came: a person looks closely."""
    return Score(
        confidence=0.0,
        reasons=(storable(reason),),
        scorer=scorer,
        version=version,
        holds=True,
        kinds=(kind,),
    )


def storable(reason: str) -> str:
    """It, without what PostgreSQL's jsonb does not take: NUL, half a surrogate pair."""
    text = reason[:LONGEST_REASON].encode("utf-8", "replace").decode()
    return text.replace("\0", "")
