"""The settings of scoring and routing; a part of `Settings`."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from outbox.console_settings import Duration, Names, OptionalPath
from outbox.spelling import parts


class OfScoring(BaseModel):
    """Each is a field of `outbox.settings.Settings`."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    scorers: Annotated[frozenset[str], BeforeValidator(parts)] = frozenset({"rules"})
    """The scorers that judge, with commas: docs/SCORING.md.  The policy says how their scores
    are combined."""
    scorer_patience: Duration = Field(
        default=dt.timedelta(seconds=10),
        ge=dt.timedelta(milliseconds=100),
        le=dt.timedelta(minutes=5),
    )
    """How long a scorer may take for one mail; one that takes longer says nothing of it."""
    review_below: float = Field(default=0.7, ge=0, le=1, allow_inf_nan=False)
    """A confidence below this sends an intent to review instead of to approval, where the
    policy does not say."""
    learned_model: OptionalPath = None
    """The file of the model by which the scorer `learned` judges: docs/CALIBRATION.md.  Empty:
    none."""
    facts: Names = frozenset()
    """Hooks that look up whether what is said is still so, with commas, for the scorer
    `freshness`: docs/SCORERS.md."""
    threads: Names = frozenset()
    """Hooks that know when somebody last wrote in a thread, with commas, for the same."""
    judge: OptionalPath = None
    """The file that says which model the scorer `judge` asks, and where: docs/SCORERS.md."""
