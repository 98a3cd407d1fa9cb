"""Every worker is replaced while mails flow: each leaves once, and none is in doubt."""

from __future__ import annotations

import signal
from collections.abc import Iterable

import pytest

from deploy.local.children import Child
from outbox.failpoints import VARIABLE
from outbox.lifecycle import State
from tests.crash.load import assert_each_left_once, more
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
def workers(pipeline: Pipeline) -> dict[Child, str]:
    """One generation, at work, with its roles; each sender is slow to write one yes down."""
    journey.switch_on(pipeline.db)
    slow = {VARIABLE: "after_reply=sleep:1000"}
    workers = {pipeline.run.start(role, **slow): role for role in WORKERS}
    for worker in workers:
        pipeline.up(worker)
    return workers


def in_doubt(pipeline: Pipeline, workers: Iterable[Child]) -> Child:
    """The first sender that was told yes, and has not written it down."""

    def told() -> list[Child]:
        return [worker for worker in workers if "failpoint after_reply" in worker.said()]

    pipeline.watch.until(lambda _: bool(told()), "a sender is told yes")
    return told()[0]


@pytest.mark.fault("20 rolling restart")
def test_every_worker_is_replaced_under_load_and_each_mail_leaves_once(
    pipeline: Pipeline, workers: dict[Child, str]
) -> None:
    pipeline.propose(MAILS)
    more(pipeline, MAILS)
    first = in_doubt(pipeline, workers)

    for old in sorted(workers, key=lambda worker: worker is not first):
        old.signal(signal.SIGTERM)
        pipeline.up(pipeline.run.start(workers[old]))
        assert old.ended(PATIENCE)
        more(pipeline, MAILS)

    assert [old.exit_code for old in workers] == [0] * len(WORKERS)
    assert_each_left_once(pipeline, MAILS * (2 + len(WORKERS)))


@pytest.mark.fault("20 old and new together")
def test_a_schema_that_only_adds_stops_no_running_worker(
    pipeline: Pipeline, workers: dict[Child, str]
) -> None:
    pipeline.propose(MAILS)
    more(pipeline, MAILS)
    pipeline.watch.until(lambda counts: counts[State.SENT] > 1, "some are sent")

    for change in LATER_SCHEMA:
        pipeline.db.execute(change)
    more(pipeline, MAILS)

    assert_each_left_once(pipeline, 3 * MAILS)
    assert [worker.exit_code for worker in workers] == [None] * len(workers)
