"""Ratios are of the same round, their median decides, and nobody who is missing is beaten."""

from __future__ import annotations

import pytest

from deploy.bench import telling
from deploy.bench.frame import Demand
from deploy.bench.judging import Judgement
from deploy.bench.playing import Playing
from tests.bench.playing import NOWHERE, a_goal, absent, scripted

OURS, THEIRS = "ours", "theirs"
RATIO = Demand(of=OURS, to=THEIRS, least=2)


def judged(*demands: Demand, ours: list[float], theirs: list[float]) -> Judgement:
    goal = a_goal(*demands, of=[scripted(OURS, ours), scripted(THEIRS, theirs)])
    return Playing(len(ours), lambda _: None).play(goal, NOWHERE)


def test_a_ratio_is_of_the_same_round() -> None:
    [verdict] = judged(RATIO, ours=[10, 40, 30], theirs=[10, 10, 10]).verdicts

    assert verdict.values == (1, 4, 3)
    assert (verdict.median, verdict.met) == (3, True)


def test_the_median_decides_and_not_the_best_round() -> None:
    [verdict] = judged(RATIO, ours=[15, 19, 90], theirs=[10, 10, 10]).verdicts

    assert (verdict.median, verdict.met) == (1.9, False)


@pytest.mark.parametrize(
    ("demand", "met"),
    [
        (Demand(of=OURS, least=20), True),
        (Demand(of=OURS, least=20.1), False),
        (Demand(of=OURS, most=20), True),
        (Demand(of=OURS, most=19.9), False),
        (Demand(of=OURS, least=10, most=19), False),
        (Demand(of=OURS), None),
    ],
)
def test_a_bare_figure_must_reach_the_least_and_not_exceed_the_most(
    demand: Demand, met: bool | None
) -> None:
    found = judged(demand, ours=[10, 20, 30], theirs=[1, 1, 1])

    assert [verdict.met for verdict in found.verdicts] == [met]


def test_a_goal_is_met_if_all_that_is_demanded_is() -> None:
    reached, failed = Demand(of=OURS, least=1), Demand(of=OURS, least=1000)

    assert judged(reached, RATIO, ours=[9, 9, 9], theirs=[1, 1, 1]).met is True
    assert judged(reached, failed, ours=[9, 9, 9], theirs=[1, 1, 1]).met is False


def test_the_goal_is_judged_on_those_who_are_there_and_the_others_are_named() -> None:
    demands = (Demand(of=OURS, least=1), RATIO)
    goal = a_goal(*demands, of=[scripted(OURS, [5, 5, 5]), absent(THEIRS)])

    found = Playing(3, lambda _: None).play(goal, NOWHERE)

    assert [verdict.met for verdict in found.verdicts] == [True, None]
    assert found.met is True
    assert found.missing == {THEIRS: "theirs is not there"}
    assert telling.result([found], [])["goals"][0]["missing"] == found.missing
    assert "theirs did not take part" in "\n".join(telling.said(found))


def test_a_goal_of_which_nothing_could_be_judged_is_not_called_met() -> None:
    goal = a_goal(RATIO, of=[scripted(OURS, [5, 5, 5]), absent(THEIRS)])

    found = Playing(3, lambda _: None).play(goal, NOWHERE)

    assert found.met is None
    assert telling.result([found], [])["goals"][0]["met"] is None


def test_rounds_take_turns_and_nobody_is_always_the_first() -> None:
    order: list[str] = []
    both = [scripted(name, [1, 1, 1], order) for name in (OURS, THEIRS)]

    Playing(3, lambda _: None).play(a_goal(of=both), NOWHERE)

    assert order == [OURS, THEIRS, THEIRS, OURS, OURS, THEIRS]


def test_the_result_has_every_goal_and_says_which_were_not_run() -> None:
    met = judged(RATIO, ours=[9, 9, 9], theirs=[1, 2, 3])
    other = a_goal(of=[], number=7)

    said = telling.result([met], [other])

    [goal] = said["goals"]
    assert (goal["number"], goal["met"], said["not_run"], said["met"]) == (1, True, [7], True)
    [demand] = goal["demands"]
    assert (demand["median"], demand["min"], demand["max"]) == (4.5, 3, 9)
    assert demand["demanded"] == "at least 2"


def test_one_goal_that_is_missed_is_enough() -> None:
    met = judged(RATIO, ours=[9, 9, 9], theirs=[1, 1, 1])
    missed = judged(RATIO, ours=[1, 1, 1], theirs=[1, 1, 1])

    assert telling.result([met, missed], [])["met"] is False
