"""A scorer that does whatever the subject of a mail names."""

from __future__ import annotations

import os
from decimal import Decimal
from typing import Any

from consumers.scorers import History
from outbox.intent import Artifact, Email
from outbox.results import Score
from tests.plugins.acting import gives
from tests.plugins.behaviours import BEHAVIOURS


class Hostile:
    """`17` in the subject: it does the eighteenth of `BEHAVIOURS`; without any it is fine."""

    name = "hostile"
    version = "7"

    def score(self, artifact: Artifact, history: History) -> Score:
        assert isinstance(artifact, Email)
        if not artifact.subject.isdecimal():
            return gives(kinds=("fine",), cost=Decimal("0.0025"))
        given: Any = BEHAVIOURS[int(artifact.subject)].act(artifact, history)
        return given  # type: ignore[no-any-return]


class Curious:
    """It says which variables it knows, and what was sent."""

    name = "curious"
    version = "1"

    def score(self, artifact: Artifact, history: History) -> Score:
        known = (*sorted(os.environ), *(f"{one.intent} {one.text}" for one in history.sent))
        return gives(scorer=self.name, reasons=known)


class Broken:
    """It cannot even be made."""

    def __init__(self) -> None:
        raise RuntimeError("no model")
