"""A curve says how many were approved where a scorer said so much, and how far off it was."""

from __future__ import annotations

from random import Random

import pytest

from outbox.calibration.curve import curve, judged
from tests.calibration.drawing import boastful, drawn


def test_each_tenth_has_its_share_and_its_confidence() -> None:
    found = judged([(0.91, True), (0.95, True), (1, False), (0.29, False)])

    assert [(one.floor, one.approved, one.decided) for one in found.tenths] == [
        (0.2, 0, 1),
        (0.9, 2, 3),
    ]
    assert found.tenths[1].confidence == pytest.approx((0.91 + 0.95 + 1) / 3)
    assert (found.approved, found.decided) == (2, 4)


def test_the_error_is_how_far_they_are_apart_weighed_by_how_many() -> None:
    found = judged([(0.95, True), (0.95, False), (0.15, False), (0.15, False)])

    assert found.error == pytest.approx((0.45 + 0.15) / 2)
    assert found.brier == pytest.approx((0.05**2 + 0.95**2 + 2 * 0.15**2) / 4)


def test_of_nobody_nothing_is_said() -> None:
    assert judged([]).error is judged([]).brier is judged([]).error_by_chance is None
    assert curve([]).tenths == ()


def test_an_honest_scorer_is_no_further_off_than_by_chance() -> None:
    random = Random(1)
    for number in (50, 500, 5000):
        found = [drawn(random, number) for _ in range(40)]
        errors = sum(one.error or 0 for one in found) / len(found)
        chance = sum(one.error_by_chance or 0 for one in found) / len(found)
        assert errors == pytest.approx(chance, rel=0.15)


def test_one_that_boasts_is() -> None:
    found = drawn(Random(2), 5000, boastful)

    assert found.error is not None
    assert found.error_by_chance is not None
    assert found.error > 8 * found.error_by_chance


def test_the_bounds_of_a_share_hold_it() -> None:
    random, missed, seen = Random(3), 0, 0
    for _ in range(200):
        for one in drawn(random, 300).tenths:
            low, high = one.bounds
            missed += not low <= one.confidence <= high
            seen += 1
    assert missed / seen < 0.05
