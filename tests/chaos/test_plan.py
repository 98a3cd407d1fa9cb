"""The schedule is the seed's, and enough for the floor."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace
from typing import Any

import pytest

from tests.chaos.plan import (
    AN_HOUR,
    CAST,
    CAST_ON_A_BAD_LINE,
    CUTS,
    DATABASE,
    Kind,
    floor_of,
    schedule,
)
from tests.chaos.run import Result

RESULT = Result(
    intents=190_000,
    kills=1_100,
    db_restarts=110,
    broker_restarts=25,
    duplicates=0,
    lost=0,
    stranded=9,
    unrecorded=0,
    per_second=52.0,
    phantoms=0,
    gaps=0,
    pauses=200,
    cuts=400,
    unpublished=0,
    unattested=0,
    unverified=0,
    drained=True,
    seed=1,
    seconds=3600,
)


def test_one_seed_is_one_schedule() -> None:
    assert schedule(random.Random(7), AN_HOUR) == schedule(random.Random(7), AN_HOUR)
    assert schedule(random.Random(7), AN_HOUR) != schedule(random.Random(8), AN_HOUR)


@pytest.mark.parametrize("seconds", [45, 180, 3600])
@pytest.mark.parametrize("seed", range(20))
def test_every_schedule_reaches_its_own_floor(seconds: int, seed: int) -> None:
    length = dt.timedelta(seconds=seconds)
    floor = floor_of(length)

    kinds = [fault.kind for fault in schedule(random.Random(seed), length)]

    assert kinds.count(Kind.KILL) >= floor.kills
    assert sum(kind in DATABASE for kind in kinds) >= floor.db_restarts
    assert kinds.count(Kind.BROKER_KILL) >= floor.broker_restarts
    assert sum(kind in CUTS for kind in kinds) >= floor.cuts


def test_there_are_eight_senders_and_one_of_them_is_on_a_bad_line() -> None:
    assert CAST["sender"] + CAST_ON_A_BAD_LINE["sender"] == 8
    assert CAST_ON_A_BAD_LINE["sender"] == 1


@pytest.mark.parametrize(
    "too_few",
    [
        {"intents": 49_999},
        {"kills": 999},
        {"db_restarts": 99},
        {"broker_restarts": 19},
        {"cuts": 299},
        {"per_second": 49.9},
    ],
    ids=str,
)
def test_a_run_below_its_floor_says_nothing(too_few: dict[str, Any]) -> None:
    assert RESULT.is_above(floor_of(AN_HOUR))
    assert not replace(RESULT, **too_few).is_above(floor_of(AN_HOUR))


def test_a_run_that_did_not_come_to_rest_says_nothing() -> None:
    assert not replace(RESULT, drained=False).is_above(floor_of(AN_HOUR))


@pytest.mark.parametrize(
    "fault", ["duplicates", "lost", "unrecorded", "phantoms", "gaps", "unverified"]
)
def test_one_fault_is_enough(fault: str) -> None:
    assert RESULT.clean
    found: dict[str, Any] = {fault: 1}
    assert not replace(RESULT, **found).clean
