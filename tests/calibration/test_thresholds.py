"""A threshold keeps what it promises, and none is told where nothing is sure."""

from __future__ import annotations

from random import Random

import pytest

from outbox.calibration.curve import judged
from outbox.calibration.thresholds import TARGETS, Why, threshold
from tests.calibration.drawing import boastful, drawn, honest

WORLDS = 400


def truth(share: object, least: float) -> float:
    """How many of what is at least so sure people really refuse, in the worlds of `drawn`."""
    random = Random(0)
    said = [one for one in (random.random() ** 0.05 for _ in range(20_000)) if one >= least]
    return sum(1 - share(one) for one in said) / len(said)  # type: ignore[operator]


@pytest.mark.parametrize("share", [honest, boastful], ids=["honest", "boastful"])
@pytest.mark.parametrize("target", [0.05, 0.1])
def test_no_more_than_one_in_twenty_promises_too_much(share: object, target: float) -> None:
    random = Random(7)
    found = [
        threshold(drawn(random, 400, share, skill=0.05), target)  # type: ignore[arg-type]
        for _ in range(WORLDS)
    ]
    kept = [one.review_below for one in found if one.review_below is not None]
    real = {least: truth(share, least) for least in set(kept)}

    assert len(kept) > WORLDS / 10  # else it would promise nothing to keep
    assert sum(real[least] > target for least in kept) / WORLDS <= 0.05


def test_where_too_few_were_decided_on_it_says_so_and_how_many_it_takes() -> None:
    found = threshold(judged([(0.9, True)] * 58), 0.05)

    assert (found.why, found.review_below, found.fewest) == (Why.TOO_FEW, None, 59)
    assert threshold(judged([(0.9, True)] * 59), 0.05).review_below == 0.9


def test_where_people_refuse_even_what_is_surest_it_tells_none() -> None:
    found = threshold(judged([(0.99, number % 5 > 0) for number in range(500)]), 0.05)

    assert (found.why, found.review_below) == (Why.NONE, None)


def test_it_ends_where_people_begin_to_refuse() -> None:
    said = [(0.9, True)] * 300 + [(0.6, True)] * 100 + [(0.5, False)] * 50 + [(0.4, True)] * 900
    found = threshold(judged(said), 0.05)

    assert (found.review_below, found.decided, found.refused) == (0.6, 400, 0)
    assert found.at_most is not None
    assert found.at_most <= 0.05


def test_the_targets_of_a_page_are_stricter_first() -> None:
    assert [*TARGETS] == sorted(TARGETS)
