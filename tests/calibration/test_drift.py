"""When people begin to decide otherwise it is seen; while they do not, nothing is told."""

from __future__ import annotations

from random import Random
from statistics import stdev

from outbox.calibration.curve import judged
from outbox.calibration.drift import drift
from tests.calibration.drawing import boastful, drawn

ALARM = 4
"""Standard errors, as in deploy/prometheus/alerts.yml."""


def test_where_nothing_has_changed_hardly_ever_anything_is_told() -> None:
    random = Random(1)
    told = [drift(drawn(random, 900), drawn(random, 100)) for _ in range(800)]

    assert None not in told
    assert sum(abs(one or 0) > ALARM for one in told) <= 1


def test_a_standard_error_is_one_however_few_the_weeks_before_have() -> None:
    random = Random(4)
    told = [drift(drawn(random, 400), drawn(random, 400)) or 0 for _ in range(300)]

    assert 0.85 < stdev(told) < 1.15


def test_a_scorer_that_is_worth_less_is_told_within_a_week_of_a_hundred() -> None:
    random = Random(2)
    told = [drift(drawn(random, 900), drawn(random, 100, boastful)) or 0 for _ in range(200)]

    assert all(one < 0 for one in told)
    assert sum(one < -ALARM for one in told) > 0.35 * 200


def test_of_three_hundred_a_week_it_is_told_almost_surely() -> None:
    random = Random(3)
    told = [drift(drawn(random, 900), drawn(random, 300, boastful)) or 0 for _ in range(100)]

    assert sum(one < -ALARM for one in told) > 95


def test_where_too_little_can_be_compared_nothing_is_said() -> None:
    before, now = judged([(0.9, True)] * 90), judged([(0.9, True)] * 29)

    assert drift(before, now) is None
    assert drift(judged([(0.9, True)] * 19), judged([(0.9, True)] * 90)) is None
    assert drift(before, judged([(0.2, True)] * 90)) is None


def test_all_that_was_always_approved_and_no_longer_is_is_told() -> None:
    found = drift(judged([(0.95, True)] * 500), judged([(0.95, n % 3 > 0) for n in range(60)]))

    assert found is not None
    assert found < -ALARM
