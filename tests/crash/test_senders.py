"""Whatever dies, and whenever: no mail leaves twice, and none is lost from sight."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable

import pytest

from outbox.failpoints import Point
from outbox.lifecycle import State
from tests.crash.pipeline import Pipeline
from tests.parts import journey

LONG = dt.timedelta(seconds=30)


def approved_mails(pipeline: Pipeline, count: int) -> None:
    for _ in range(count):
        journey.approved(pipeline.db)
    journey.switch_on(pipeline.db)


@pytest.mark.parametrize(
    "point",
    [
        pytest.param(Point.AFTER_CLAIM, marks=pytest.mark.fault("11 killed after the claim")),
        pytest.param(Point.MID_BODY, marks=pytest.mark.fault("11 killed in mid-body")),
        pytest.param(
            Point.BEFORE_PERMIT, marks=pytest.mark.fault("11 killed before the permit")
        ),
    ],
)
def test_a_sender_killed_before_its_permit_costs_nothing(
    pipeline: Pipeline, point: Point
) -> None:
    approved_mails(pipeline, 1)
    assert pipeline.doomed_sender(point).ended(LONG)
    assert pipeline.delivered() == []

    pipeline.run.start("sweeper")
    pipeline.run.start("sender")

    assert pipeline.settled()[State.SENT] == 1
    assert len(pipeline.delivered()) == 1


@pytest.mark.parametrize(
    ("point", "delivered"),
    [
        (Point.AFTER_PERMIT, {0}),
        (Point.AFTER_DOT, {0, 1}),
        pytest.param(
            Point.AFTER_REPLY, {1}, marks=pytest.mark.fault("13 killed before the receipt")
        ),
    ],
)
@pytest.mark.fault("12 killed after the permit")
def test_a_sender_killed_after_its_permit_strands_and_nobody_sends_again(
    pipeline: Pipeline, point: Point, delivered: set[int]
) -> None:
    approved_mails(pipeline, 2)
    assert pipeline.doomed_sender(point).ended(LONG)

    pipeline.run.start("sweeper")
    pipeline.run.start("sender")
    counts = pipeline.settled()

    assert (counts[State.STRANDED], counts[State.SENT]) == (1, 1)
    assert len(pipeline.delivered()) - 1 in delivered
    assert len(set(pipeline.delivered())) == len(pipeline.delivered())


def test_50_random_kills_over_300_mails_send_none_twice_and_lose_none(
    pipeline: Pipeline, record_property: Callable[[str, object], None]
) -> None:
    record_property("seed", seed := random.randrange(2**32))
    dice = random.Random(seed)
    pipeline.run.start("sweeper")
    senders = [pipeline.run.start("sender") for _ in range(3)]

    for _ in range(50):
        approved_mails(pipeline, 6)
        veteran = senders.pop(0)
        veteran.ended(dt.timedelta(seconds=dice.uniform(0.0, 0.4)))
        veteran.kill()
        senders.append(pipeline.run.start("sender"))
    counts = pipeline.settled()

    delivered = pipeline.delivered()
    assert len(set(delivered)) == len(delivered)
    assert counts[State.SENT] + counts[State.STRANDED] + counts[State.IN_REVIEW] == 300
    assert counts[State.SENT] <= len(delivered) <= counts[State.SENT] + counts[State.STRANDED]
    assert len(delivered) > 200
