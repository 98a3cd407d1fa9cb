"""Every worker is replaced while mails flow: each leaves once, and none is in doubt."""

from __future__ import annotations

import signal

import pytest

from deploy.local.children import Child
from outbox.lifecycle import State
from tests.crash.pipeline import PATIENCE, Pipeline
from tests.parts import journey

WORKERS = ("scorer", "router", "sender", "sender", "sweeper")
MAILS = 16  # in every round
LATER_SCHEMA = (
    b"ALTER TABLE outbox.intent ADD COLUMN colour text NOT NULL DEFAULT 'red'",
    b"ALTER TABLE outbox.artifact ADD COLUMN colour text",
    b"ALTER TABLE outbox.score ADD COLUMN colour text",
    b"ALTER TABLE outbox.approval ADD COLUMN colour text",
    b"ALTER TABLE outbox.attempt ADD COLUMN colour text",
    b"ALTER TABLE outbox.receipt ADD COLUMN colour text",
    b"ALTER TABLE outbox.event ADD COLUMN colour text",
    b"CREATE TABLE outbox.colour (name text PRIMARY KEY)",
)
"""What a later version may add while workers of this one run."""


@pytest.fixture
def workers(pipeline: Pipeline) -> list[Child]:
    """One generation, at work; sending is on."""
    journey.switch_on(pipeline.db)
    workers = [pipeline.run.start(role) for role in WORKERS]
    for worker in workers:
        pipeline.up(worker)
    return workers


def under_load(pipeline: Pipeline) -> None:
    """What was proposed before is approved now; as much is proposed again."""
    pipeline.decidable()
    pipeline.propose(MAILS)
    pipeline.approve_all()


def everything_has_left(pipeline: Pipeline, count: int) -> None:
    pipeline.decidable()
    pipeline.approve_all()
    counts = pipeline.settled()

    assert counts[State.SENT] == count
    assert counts[State.STRANDED] == counts[State.IN_REVIEW] == 0
    assert len(set(pipeline.delivered())) == len(pipeline.delivered()) == count


@pytest.mark.fault("20 rolling restart")
def test_every_worker_is_replaced_under_load_and_each_mail_leaves_once(
    pipeline: Pipeline, workers: list[Child]
) -> None:
    pipeline.propose(MAILS)
    unsent = 0

    for role, old in zip(WORKERS, workers, strict=True):
        pipeline.up(pipeline.run.start(role))
        under_load(pipeline)
        old.signal(signal.SIGTERM)
        unsent += pipeline.watch.counts()[State.APPROVED]
        assert old.ended(PATIENCE)

    assert [old.exit_code for old in workers] == [0] * len(WORKERS)
    assert unsent > 0
    everything_has_left(pipeline, MAILS * (1 + len(WORKERS)))


@pytest.mark.fault("20 old and new together")
def test_a_schema_that_only_adds_stops_no_running_worker(
    pipeline: Pipeline, workers: list[Child]
) -> None:
    pipeline.propose(MAILS)
    under_load(pipeline)
    pipeline.watch.until(lambda counts: counts[State.SENT] > 1, "some are sent")

    for change in LATER_SCHEMA:
        pipeline.db.execute(change)
    under_load(pipeline)

    everything_has_left(pipeline, 3 * MAILS)
    assert [worker.exit_code for worker in workers] == [None] * len(workers)
