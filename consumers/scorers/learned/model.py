"""What was learnt, as data: each word's weight, and what the sum of them is worth.

A model is kept as JSON with the digest of it as it is spelled here, which is its version;
nothing in the file is ever run.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
from collections import Counter
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from consumers import jsonfile
from consumers.scorers.learned.words import words
from outbox.errors import BadSettings

HINT = "train one: holdshort model train --out FILE"
_SETTING = "HOLDSHORT_LEARNED_MODEL"

Number = Annotated[float, Field(allow_inf_nan=False)]
Weight = Annotated[tuple[Number, Number], Field(strict=False)]


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evaluation(_Kept):
    """How good it was on decisions from which it has not learnt."""

    decided: int
    approved: int
    error: Number
    """The expected calibration error."""
    error_by_chance: Number
    """That of a model without any fault, of whom so few decisions were seen."""
    brier: Number
    review_below: Number
    """The next two are of what this threshold sends to review."""
    reviewed: int
    refused: int
    """How many of those people said no to."""

    @property
    def precision(self) -> float:
        """Of what it sends to review, what people said no to: 0 to 1."""
        return self.refused / self.reviewed if self.reviewed else 1.0

    @property
    def recall(self) -> float:
        """Of what people said no to, what it sends to review."""
        every = self.decided - self.approved
        return self.refused / every if every else 1.0


class Model(_Kept):
    """Logistic regression on weighed words, and what its sums came to among people."""

    kind: Literal["holdshort-model/1"] = "holdshort-model/1"
    learnt: int
    """From so many decisions."""
    until: dt.datetime
    """The last of them."""
    words: dict[str, Weight]
    """How rare each is, and what it weighs: above 0 it speaks for a yes."""
    intercept: Number
    slope: Number
    """This and the next turn a sum into a share, as it was among decisions held back."""
    offset: Number
    evaluation: Evaluation | None = None

    def judge(self, text: str) -> tuple[float, list[str]]:
        """How likely a yes is, 0 to 1, and the words that speak most against it."""
        counted = Counter(word for word in words(text) if word in self.words)
        seen = {
            word: (1 + math.log(often)) * self.words[word][0] for word, often in counted.items()
        }
        length = math.hypot(*seen.values()) or 1.0
        spoken = {word: seen[word] / length * self.words[word][1] for word in seen}
        share = _share(self.slope * (self.intercept + math.fsum(spoken.values())) + self.offset)
        against = sorted((weight, word) for word, weight in spoken.items() if weight < 0)
        return share, [word for _, word in against]

    @property
    def digest(self) -> str:
        """64 hex digits: another model has others."""
        return hashlib.sha256(_spelled(self._plain())).hexdigest()

    def file(self) -> bytes:
        """As it is kept."""
        return _spelled({"digest": self.digest, "model": self._plain()})

    def _plain(self) -> dict[str, Any]:
        return self.model_dump(mode="json")


class _File(_Kept):
    digest: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
    model: Model


def load(file: Path) -> Model:
    """Raises `BadSettings` if it is no model, or not the one that its digest names."""
    kept = jsonfile.said_in(file, _File, _SETTING, HINT)
    if kept.model.digest != kept.digest:
        raise BadSettings(
            f"{_SETTING}: {file.name} was changed after it was trained", hint=HINT
        )
    return kept.model


def _spelled(plain: dict[str, Any]) -> bytes:
    return json.dumps(plain, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def _share(total: float) -> float:
    if total >= 0:
        return 1 / (1 + math.exp(-total))
    return math.exp(max(total, -700)) / (1 + math.exp(max(total, -700)))
