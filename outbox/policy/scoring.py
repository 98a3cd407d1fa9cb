"""The section `scoring` of a policy: how scores are combined, and what goes to review.

It decides how closely a person looks.  Nothing in it can approve.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import Field, model_validator

from outbox.fields import Fields
from outbox.policy.shapes import MOST, Name

Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Names = Annotated[tuple[Name, ...], Field(max_length=MOST, strict=False)]


class Combine(StrEnum):
    """What becomes of the confidences of several scorers."""

    LEAST = "least"
    PRODUCT = "product"
    MEAN = "mean"


class OfAChannel(Fields):
    """What is said of one channel."""

    review_below: Share


class Scoring(Fields):
    """How the scores of one version come to one confidence."""

    combine: Annotated[Combine, Field(strict=False)] = Combine.LEAST
    required: Names = ()
    """Scorers without whose word it goes to review."""
    shadows: Names = ()
    """Scorers that are stored and never counted."""
    review_below: Share | None = None
    """None: the setting decides."""
    channels: Annotated[dict[Name, OfAChannel], Field(max_length=MOST)] = Field(default={})

    @model_validator(mode="after")
    def _counts_what_it_requires(self) -> Self:
        for name in self.required:
            if name in self.shadows:
                raise ValueError(f"{name} is required and a shadow: it cannot be both")
        return self
