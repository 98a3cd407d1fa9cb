"""Rounds of any size through every step of an intent: the very work, one hand for each role."""

from __future__ import annotations

import time

from deploy.bench.flat.line import Clock, Line
from deploy.bench.installation import MAIL
from outbox import Proposal
from outbox.store import connect
from outbox.submit import submit_each


class Rounds(Line):
    """A line whose rounds are as large as they are told."""

    def __init__(self, dsns: dict[str, str]) -> None:
        super().__init__(dsns)
        self._agent = connect(dsns["agent"], application="plan agent")
        self._many = 1

    def __exit__(self, *_: object) -> None:
        self._agent.close()
        super().__exit__()

    def take(self, many: int, clock: Clock) -> float:
        """Take so many through all steps; give back how long that took, by the clock."""
        self._many = many
        begun = time.monotonic()
        self.through(clock)
        return time.monotonic() - begun

    def _propose(self) -> None:
        begun = time.monotonic_ns()
        submit_each(
            self._agent,
            [
                Proposal(artifact=MAIL, key=f"plan-{begun}-{number}", producer="bench")
                for number in range(self._many)
            ],
        )
