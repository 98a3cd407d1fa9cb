"""Every point of a sender x every way to stop there: none twice, and none lost from sight.

The senders of one test are stopped together, each with a mail of its own in hand; then a
sweeper and two others take over, and whoever was only stopped comes back to life.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from deploy.local.sink import MailSink
from outbox.failpoints import Action, Point, Room
from outbox.lifecycle import State
from outbox.store import Connection
from tests.crash.pipeline import environment_of, pipeline_of
from tests.failpoints.ward import Ward


class Due(NamedTuple):
    """What must have become of the mail in hand, and how often it may have arrived."""

    state: State
    arrived: frozenset[int]


NEVER, ONCE, EITHER = frozenset({0}), frozenset({1}), frozenset({0, 1})

RENEWING = (Point.BEFORE_RENEWAL, Point.AFTER_RENEWAL)
GATED = (Point.GATE_CLOSED,)
LATE = (Point.BEFORE_PUT_BACK, Point.AFTER_PUT_BACK)
UNCLAIMED = (Point.BEFORE_CLAIM,)
UNHELD = (*UNCLAIMED, *RENEWING)
"""Who stops here may have nothing in hand yet."""
ON_THE_WAY = tuple(
    point
    for point in Point
    if point.room in (Room.SENDER, Room.WIRE) and point not in (*UNHELD, *GATED, *LATE)
)

NEVER_SENT = {
    Point.GATE_CLOSED: Due(State.IN_REVIEW, NEVER),
    Point.BEFORE_PUT_BACK: Due(State.EXPIRED, NEVER),
    Point.AFTER_PUT_BACK: Due(State.EXPIRED, NEVER),
}
IN_DOUBT = {
    Point.AFTER_PERMIT_GIVEN: Due(State.STRANDED, NEVER),
    Point.AFTER_PERMIT: Due(State.STRANDED, NEVER),
    Point.AFTER_DOT: Due(State.STRANDED, EITHER),
    Point.AFTER_REPLY: Due(State.STRANDED, ONCE),
    Point.BEFORE_KEEPING: Due(State.STRANDED, ONCE),
    Point.AFTER_KEEPING: Due(State.STRANDED, ONCE),
    Point.BEFORE_SETTLE: Due(State.STRANDED, ONCE),
}
DUE = {
    Action.KILL: {**NEVER_SENT, **IN_DOUBT},
    Action.RAISE: {**NEVER_SENT, **IN_DOUBT},
    # It comes back to life, and its late receipt says what became of it; only who finds
    # its lease gone after the permit does not even write the dot.
    Action.STOP: {**NEVER_SENT, Point.AFTER_PERMIT_GIVEN: Due(State.STRANDED, NEVER)},
    Action.SLEEP: NEVER_SENT,
}
"""What is not named is sent, and arrives once."""

FEW = (
    *(Point.AFTER_CLAIM, Point.MID_BODY, Point.BEFORE_PERMIT, Point.AFTER_PERMIT_GIVEN),
    *(Point.AFTER_PERMIT, Point.AFTER_REPLY, Point.BEFORE_SETTLE, Point.AFTER_SETTLE),
    *(Point.GATE_CLOSED, Point.AFTER_RENEWAL),
)
EVERY = os.environ.get("HOLDSHORT_TEST_FAILPOINTS") == "all"
REVOKED = (
    b"UPDATE outbox.approval SET revoked_at = now(), revoked_by = 'ada' WHERE intent_id = %s"
)
TOO_LATE = (
    b"UPDATE outbox.intent SET not_before = now() - interval '2 hours',"
    b" not_after = now() - interval '1 hour' WHERE id = %s"
)


@pytest.fixture
def ward(
    tmp_path: Path, dsn: str, db: Connection, sink: MailSink, action: Action
) -> Iterator[Ward]:
    environment = environment_of(dsn, "", sink)
    with (
        pipeline_of(tmp_path, dsn, db, "", sink) as pipeline,
        Ward(pipeline, environment, tmp_path, action) as ward,
    ):
        yield ward


@pytest.mark.parametrize(
    ("action", "points"),
    [
        (Action.KILL, tuple(Point)),
        (Action.RAISE, tuple(Point) if EVERY else FEW),
        pytest.param(
            *(Action.STOP, tuple(Point) if EVERY else FEW),
            marks=[
                pytest.mark.fault("14 stopped before the permit"),
                pytest.mark.fault("14 stopped after the permit"),
            ],
        ),
        (Action.SLEEP, tuple(Point) if EVERY else FEW),
    ],
    ids=list(Action),
)
def test_wherever_a_sender_stops_its_mail_leaves_at_most_once_and_is_accounted_for(
    ward: Ward, action: Action, points: tuple[Point, ...]
) -> None:
    ward.stop_senders(of(points, ON_THE_WAY))
    ward.stop_senders(of(points, GATED), spoilt=REVOKED)
    ward.stop_senders(of(points, RENEWING), on=3, also="before_permit=sleep:5000")
    ward.stop_senders(of(points, UNCLAIMED))
    ward.stop_senders(of(points, LATE), aged=TOO_LATE)

    ward.others_take_over()
    ward.the_stopped_go_on()

    assert {p for p, id in ward.held.items() if id is None} <= set(UNHELD)
    assert surprises(ward, action) == {}
    assert max(ward.arrived().values()) == 1


def of(points: tuple[Point, ...], group: tuple[Point, ...]) -> list[Point]:
    return [point for point in points if point in group]


def surprises(ward: Ward, action: Action) -> dict[Point, tuple[str, int]]:
    """The mails in hand that came to another end than they were due."""
    arrived = ward.arrived()
    ends = {point: (ward.state_of(id), arrived[id]) for point, id in ward.held.items() if id}
    due = {point: DUE[action].get(point, Due(State.SENT, ONCE)) for point in ends}
    return {
        point: (state, times)
        for point, (state, times) in ends.items()
        if state != due[point].state or times not in due[point].arrived
    }
