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

VARIABLES = ("HOLDSHORT_DSN", "HOLDSHORT_SMTP", "PGPASSWORD", "OF_A_MODEL")


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
    """It says what was sent, and which of `VARIABLES` it knows."""

    name = "curious"
    version = "1"

    def score(self, artifact: Artifact, history: History) -> Score:
        sent = (f"{one.intent} {one.text}" for one in history.sent)
        known = (name for name in VARIABLES if name in os.environ)
        return gives(scorer=self.name, reasons=(*sent, *known))


class Broken:
    """It cannot even be made."""

    def __init__(self) -> None:
        raise RuntimeError("no model")
