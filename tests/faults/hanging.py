"""A process whose panel never answers: `python -m tests.faults.hanging DSN`."""

from __future__ import annotations

import datetime as dt
import re
import sys
from dataclasses import replace

from consumers import scoring
from consumers.scorers import History
from consumers.scorers.history import Past
from outbox.claim import SCORE, Claim
from outbox.ledger import Ledger
from outbox.results import Score
from outbox.store import connect

SHORT = replace(SCORE, lease=dt.timedelta(milliseconds=300))


class Hanging:
    """It does not even let another thread of Python run."""

    def judge(self, _claim: Claim, _history: History, _until: float) -> tuple[Score, ...]:
        re.match("(a+)+$", "a" * 64 + "!")
        raise AssertionError


if __name__ == "__main__":
    with connect(sys.argv[1], application="tests") as connection:
        scoring.look(Ledger(connection, worker="hanging"), Hanging(), Past(connection), SHORT)
