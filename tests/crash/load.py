"""Mails that go on coming while something else is done to the processes."""

from __future__ import annotations

from outbox.lifecycle import State
from tests.crash.pipeline import Pipeline


def more(pipeline: Pipeline, count: int) -> None:
    """What was proposed before is approved now; as much is proposed again."""
    pipeline.decidable()
    pipeline.propose(count)
    pipeline.approve_all()


def assert_each_left_once(pipeline: Pipeline, count: int) -> None:
    """Nothing stranded, nothing is lost, and the mail server counts nothing twice."""
    pipeline.decidable()
    pipeline.approve_all()
    counts = pipeline.settled()

    assert counts[State.SENT] == count
    assert counts[State.STRANDED] == counts[State.IN_REVIEW] == 0
    assert len(set(pipeline.delivered())) == len(pipeline.delivered()) == count
