"""Whatever dies, and whenever: no request is said twice, and none is lost from sight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.children import Child
from outbox.failpoints import VARIABLE, Point
from outbox.lifecycle import State
from tests.crash.pipeline import Pipeline
from tests.parts import journey
from tests.parts.receiver import Receiver, receiving

LONG = dt.timedelta(seconds=30)


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[Receiver]:
    with receiving(tmp_path) as receiver:
        yield receiver


def sender(pipeline: Pipeline, receiver: Receiver, point: Point | None = None) -> Child:
    dies = {} if point is None else {VARIABLE: str(point)}
    return pipeline.run.start(
        "sender",
        HOLDSHORT_WEBHOOKS=str(receiver.file),
        HOLDSHORT_SENDER_THREADS="1",
        **dies,
    )


def approved(pipeline: Pipeline, receiver: Receiver, count: int) -> None:
    for number in range(count):
        journey.approved(pipeline.db, artifact=receiver.request(number))
    journey.switch_on(pipeline.db)


@pytest.mark.parametrize(
    "point",
    [
        Point.HTTP_AFTER_POLICY,
        Point.HTTP_CONNECTED,
        Point.HTTP_ENCRYPTED,
        Point.HTTP_BEFORE_PERMIT,
    ],
)
def test_a_sender_killed_before_its_permit_costs_nothing(
    pipeline: Pipeline, receiver: Receiver, point: Point
) -> None:
    approved(pipeline, receiver, 1)
    assert sender(pipeline, receiver, point).ended(LONG)
    assert receiver.delivered() == {}

    pipeline.run.start("sweeper")
    sender(pipeline, receiver)

    assert pipeline.settled()[State.SENT] == 1
    assert receiver.delivered() == {"POST /in/0 HTTP/1.1": 1}


@pytest.mark.parametrize(
    ("point", "delivered"),
    [
        (Point.HTTP_AFTER_PERMIT, {1}),
        (Point.HTTP_MID_REQUEST, {1}),
        (Point.HTTP_AFTER_REQUEST, {1, 2}),
        (Point.HTTP_AFTER_STATUS, {2}),
    ],
)
def test_a_sender_killed_after_its_permit_strands_and_nobody_sends_again(
    pipeline: Pipeline, receiver: Receiver, point: Point, delivered: set[int]
) -> None:
    approved(pipeline, receiver, 2)
    assert sender(pipeline, receiver, point).ended(LONG)

    pipeline.run.start("sweeper")
    sender(pipeline, receiver)
    counts = pipeline.settled()

    assert (counts[State.STRANDED], counts[State.SENT]) == (1, 1)
    assert receiver.delivered().total() in delivered
    assert set(receiver.delivered().values()) == {1}


def test_mails_and_requests_leave_by_their_own_ways(
    pipeline: Pipeline, receiver: Receiver
) -> None:
    approved(pipeline, receiver, 2)
    journey.approved(pipeline.db)
    sender(pipeline, receiver)

    assert pipeline.settled()[State.SENT] == 3
    assert len(pipeline.delivered()) == 1
    assert set(receiver.delivered().values()) == {1}
