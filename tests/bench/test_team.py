"""Workers begin together, and what they have done is added up."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import pytest

from deploy.bench.team import Team
from outbox.errors import DependencyDown

SOON = timedelta(seconds=30)
COUNTING = (
    "from deploy.bench.peers.saying import Count, wait_for_the_gate\n"
    "count = Count()\n"
    "wait_for_the_gate()\n"
    "for _ in range(7): count.one_more()\n"
    "count.tell()\n"
)
WAITING = "import time; time.sleep(60)\n"


def team(code: str, room: Path, workers: int = 2) -> Team:
    return Team([sys.executable, "-c", code], workers, room, {})


def test_what_all_have_done_is_added_up(tmp_path: Path) -> None:
    with team(COUNTING + WAITING, tmp_path) as working:
        working.go()
        found = working.done(14, SOON)

    assert [one["done"] for one in found] == [7, 7]
    assert all(one["first"] > 0 for one in found)


def test_nobody_begins_before_all_are_ready(tmp_path: Path) -> None:
    with team(COUNTING, tmp_path) as waiting:
        with pytest.raises(DependencyDown, match="not done"):
            waiting.done(1, timedelta(0))
        waiting.go()
        assert [one["done"] for one in waiting.ended(SOON)] == [7, 7]


def test_a_worker_that_fails_is_no_round(tmp_path: Path) -> None:
    with team(COUNTING + "raise SystemExit('no more')\n", tmp_path) as failing:
        failing.go()
        with pytest.raises(DependencyDown, match="no more"):
            failing.ended(SOON)
