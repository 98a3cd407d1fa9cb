"""The bounds of a share that was counted are exact."""

from __future__ import annotations

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outbox.calibration.bounds import at_least, at_most, fewest, surely

SMALL = st.integers(1, 60).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


def chance(found: int, of: int, share: float) -> float:
    """That no more than `found` are found, by the very definition."""
    exact = Fraction(share)
    return float(
        sum(
            comb(of, each) * exact**each * (1 - exact) ** (of - each)
            for each in range(found + 1)
        )
    )


@given(SMALL)
def test_the_bound_is_where_what_was_found_has_just_the_chance_left(
    counted: tuple[int, int],
) -> None:
    found, of = counted
    bound = at_most(found, of)

    if found == of:
        assert bound == 1
    else:
        assert chance(found, of, bound) == pytest.approx(0.05, abs=1e-6)


@given(SMALL)
def test_the_lower_bound_is_the_upper_one_of_the_others(counted: tuple[int, int]) -> None:
    found, of = counted

    assert at_least(found, of) == pytest.approx(1 - at_most(of - found, of), abs=1e-8)
    assert at_least(found, of) - 1e-8 <= found / of <= at_most(found, of) + 1e-8


def test_large_numbers_are_no_trouble() -> None:
    assert at_most(50_000, 1_000_000) == pytest.approx(0.05036, abs=2e-5)
    assert at_most(0, 1_000_000) == pytest.approx(3e-6, rel=2e-2)


@pytest.mark.parametrize(("target", "number"), [(0.01, 299), (0.05, 59), (0.1, 29), (0.5, 5)])
def test_without_any_found_so_many_make_a_share_sure(target: float, number: int) -> None:
    assert fewest(target) == number
    assert surely(0, number, target)
    assert not surely(0, number - 1, target)
