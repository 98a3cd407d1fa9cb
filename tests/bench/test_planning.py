"""The plan is computed from what was measured, and its simulation is one of a queue."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from deploy.planning import telling
from deploy.planning.inputs import inputs
from deploy.planning.model import Wanted, planned
from deploy.planning.simulating import MOST, arriving, day, quantile, rate_at, waits
from deploy.readme import block
from tests.deploy.command import holdshort

GIVEN = inputs()
EVEN = replace(GIVEN, begin=1.0, each=0.5, spread=(1.0,))


def took(*arrivals: float, hands: int = 1) -> list[float]:
    return [*waits(arrivals, EVEN, random.Random(1), hands=hands)]


def test_a_free_hand_takes_what_has_come_and_the_rest_waits_for_the_next_round() -> None:
    assert took(0.0) == [1.5]
    assert took(0.0, 1.0, 1.2) == [1.5, 1.5 + 2.0 - 1.0, 1.5 + 2.0 - 1.2]
    assert took(0.0, 1.0, hands=2) == [1.5, 1.5]
    assert took(0.0, 10.0) == [1.5, 1.5]


def test_a_round_is_never_larger_than_a_batch_and_nobody_is_forgotten() -> None:
    all_at_once = took(*[0.0] * (MOST + 1))
    assert len(all_at_once) == MOST + 1
    assert all_at_once[-1] == all_at_once[0] + 1.5


def test_who_comes_more_often_waits_longer() -> None:
    def p99(rate: float) -> float:
        arrivals = arriving(rate, 60, random.Random(3))
        return quantile([*waits(arrivals, GIVEN, random.Random(4))], 0.99)

    assert p99(0.1 / GIVEN.each) < p99(0.5 / GIVEN.each) < p99(2 / GIVEN.each)


@pytest.mark.parametrize("peak", [2.0, 4.0, 8.0])
def test_a_day_has_its_mean_and_its_peak(peak: float) -> None:
    rates = [rate_at(hour, 10.0, peak) for hour in range(24)]
    assert sum(rates) / 24 == pytest.approx(10.0)
    assert max(rates) == rates[14] == pytest.approx(10.0 * peak, rel=0.05)
    assert len(day(GIVEN, mean=1.0, peak=peak, hands=2, seconds=5)) == 24


def test_a_plan_has_as_many_cells_as_what_bounds_it_most() -> None:
    one, ten = planned(GIVEN, Wanted(month=1e8)), planned(GIVEN, Wanted(month=1e9))
    assert ten.cells == max(ten.cells_by_processor, ten.cells_by_attester, ten.cells_by_disk)
    assert ten.disk_a_month == pytest.approx(10 * one.disk_a_month)
    assert ten.disk_of_a_cell <= Wanted(month=1e9).disk
    less = planned(GIVEN, Wanted(month=1e9, keep=1))
    assert less.cells_by_disk < ten.cells_by_disk
    few = planned(GIVEN, Wanted(month=1e9, disk=1e18))
    assert few.cells == max(few.cells_by_processor, few.cells_by_attester)
    assert planned(GIVEN, Wanted(month=1e9, review=0.01)).people > 9 * ten.people


def test_what_was_foretold_of_another_run_came_within_what_the_page_says() -> None:
    errors = {one.name: abs(one.error) for one in GIVEN.checked}
    assert errors["bytes that stay"] < 0.1
    assert errors["bytes of WAL"] < 0.1
    assert errors["seconds of the server"] < 0.25
    assert all(error < 0.5 for error in errors.values())


def test_the_page_says_what_was_measured() -> None:
    page = telling.PAGE.read_text("utf-8")
    assert block(page, "inputs") == telling.told_of(GIVEN)
    assert block(page, "plan") == telling.plans(GIVEN)


def test_a_plan_is_printed_for_people_and_for_programs() -> None:
    told = holdshort("plan", "--month", "1e7").out
    assert "cells (databases)" in told
    assert "14:00" in told
    answer = holdshort("plan", "--month", "1e7", "--json").json
    assert answer["cells"] == planned(GIVEN, Wanted(month=1e7)).cells
    assert holdshort("plan", "--month", "0").code == 2
    assert holdshort("plan", "--peak", "0.5").code == 2
