"""A process with a scorer that never answers: `python -m tests.faults.hanging DSN`."""

from __future__ import annotations

import datetime as dt
import re
import sys
from dataclasses import dataclass, replace

from consumers import scoring
from consumers.scorers import History
from consumers.scorers.history import Past
from outbox.claim import SCORE
from outbox.intent import Artifact
from outbox.ledger import Ledger
from outbox.results import Score
from outbox.store import connect

SHORT = replace(SCORE, lease=dt.timedelta(milliseconds=300))


@dataclass(frozen=True)
class Hanging:
    """It does not even let another thread of Python run."""

    name: str = "hanging"
    version: str = "1"

    def score(self, artifact: Artifact, history: History) -> Score:
        re.match("(a+)+$", "a" * 64 + "!")
        raise AssertionError


if __name__ == "__main__":
    with connect(sys.argv[1], application="tests") as connection:
        scoring.look(Ledger(connection, worker="hanging"), Hanging(), Past(connection), SHORT)
