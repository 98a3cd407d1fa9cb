"""Senders that are stopped, the mails they held, and who takes over."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from outbox.desk import Desk, Outbound
from outbox.failpoints import VARIABLE, Action, Point
from tests.crash.pipeline import Pipeline
from tests.failpoints.doomed import Forked, forked
from tests.parts import journey

LONGER_THAN_A_LEASE = 2500


class Ward:
    """Ends every process that it has started with its block."""

    def __init__(
        self, pipeline: Pipeline, environment: Mapping[str, str], room: Path, action: Action
    ) -> None:
        self.held: dict[Point, int | None] = {}
        """What each sender had in hand when it stopped."""
        self._pipeline = pipeline
        self._environment = {**environment, "HOLDSHORT_SENDER_THREADS": "1"}
        self._room = room
        self._action = action
        self._desk = Desk(pipeline.db, actor="ada")
        self._started: list[Forked] = []

    def stop_senders(
        self,
        points: Iterable[Point],
        *,
        aged: bytes = b"",
        spoilt: bytes = b"",
        on: int = 1,
        also: str = "",
    ) -> None:
        """One sender for each point, one mail for each sender, at the same time.

        A mail is `aged` before it is approved, and `spoilt` after it.
        """
        self._desk.flip(Outbound.OFF)
        doomed = {
            point: self._start("sender", self._armed(point, on, also)) for point in points
        }
        for _ in doomed:
            self._approved(aged, spoilt)
        for sender in doomed.values():
            sender.says("stage up")
        self._desk.flip(Outbound.ON)
        for point, sender in doomed.items():
            sender.acts(point, self._action)
            self.held[point] = self._in_the_hand_of(sender)
        if self._action is Action.SLEEP:
            for sender in doomed.values():
                sender.goes_on_and_ends()

    def others_take_over(self) -> None:
        for role in ("sweeper", "sender", "sender"):
            self._start(role, "")
        self._pipeline.settled()

    def the_stopped_go_on(self) -> None:
        for one in self._started:
            one.goes_on_and_ends()

    def state_of(self, id: int) -> str:
        return journey.state_of(self._pipeline.db, id)

    def arrived(self) -> Counter[int]:
        """How often the mail server took over the mail of each intent, as its id says."""
        return Counter(int(re.split(r"[<.]", m)[1]) for m in self._pipeline.delivered())

    def __enter__(self) -> Ward:
        return self

    def __exit__(self, *_: object) -> None:
        for one in self._started:
            one.process.kill()
            one.process.join()

    def _approved(self, aged: bytes, spoilt: bytes) -> None:
        db = self._pipeline.db
        intent = journey.awaiting(db)
        if aged:
            db.execute(aged, (intent.id,))
        journey.approve(db, intent.id)
        if spoilt:
            db.execute(spoilt, (intent.id,))

    def _start(self, role: str, armed: str) -> Forked:
        log = self._room / f"forked-{len(self._started)}.log"
        self._started.append(forked(role, {**self._environment, VARIABLE: armed}, log))
        return self._started[-1]

    def _armed(self, point: Point, on: int, also: str) -> str:
        long = f":{LONGER_THAN_A_LEASE}" if self._action is Action.SLEEP else ""
        return ",".join(filter(None, [f"{point}={self._action}{long}@{on}", also]))

    def _in_the_hand_of(self, sender: Forked) -> int | None:
        """What it leases, or has given back last."""
        row = self._pipeline.db.execute(
            "SELECT coalesce((SELECT id FROM outbox.intent WHERE leased_by LIKE %(who)s),"
            " (SELECT intent_id FROM outbox.receipt WHERE actor LIKE %(who)s"
            " ORDER BY id DESC LIMIT 1))",
            {"who": f"sender/%:{sender.pid}:%"},
        ).fetchone()
        return row[0] if row else None
