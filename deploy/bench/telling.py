"""What was found, for people and for machines: rows of a table, and one JSON object."""

from __future__ import annotations

import datetime as dt
import os
import platform
from collections.abc import Iterable, Mapping, Sequence
from statistics import median
from typing import Any

from deploy.bench.frame import Demand, Goal
from deploy.bench.judging import Judgement, Played, Verdict

HEAD = ("what", "median", "least", "most", "demanded", "verdict")
WORDS = {True: "met", False: "missed", None: "not judged"}


def rows(judgement: Judgement) -> list[tuple[str, ...]]:
    """A line for each demand, under `HEAD`."""
    return [_row(verdict) for verdict in judgement.verdicts]


def _row(verdict: Verdict) -> tuple[str, ...]:
    found = verdict.values
    figures = (verdict.median, min(found), max(found)) if found else ()
    told = [spelled(one) for one in figures if one is not None] or ["-"] * 3
    return (what(verdict.demand), *told, needs(verdict.demand), WORDS[verdict.met])


def what(demand: Demand) -> str:
    """A demand in words: `rate of A by that of B`."""
    return f"{demand.figure} of {demand.of}" + (f" by that of {demand.to}" * bool(demand.to))


def needs(demand: Demand) -> str:
    least = [] if demand.least is None else [f"at least {spelled(demand.least)}"]
    most = [] if demand.most is None else [f"at most {spelled(demand.most)}"]
    return " and ".join(least + most) or "shown only"


def aligned(lines: Sequence[Sequence[str]]) -> Iterable[str]:
    """The lines of a table of plain text."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
        yield f"  {'  '.join(cells)}".rstrip()


def said(judgement: Judgement) -> Iterable[str]:
    """One goal for a person to read."""
    goal = judgement.goal
    yield f"goal {goal.number}, {goal.name}: {WORDS[judgement.met]}"
    yield from aligned([HEAD, *rows(judgement)])
    for name, why in judgement.missing.items():
        yield f"  {name} did not take part: {why}"


def result(judgements: Sequence[Judgement], not_run: Sequence[Goal]) -> dict[str, Any]:
    """The last line: every goal with its number, its ratios and whether it is met."""
    return {
        "goals": [_goal(one) for one in judgements],
        "not_run": [one.number for one in not_run],
        "met": all(one.met is not False for one in judgements),
    }


def _goal(judgement: Judgement) -> dict[str, Any]:
    return {
        "number": judgement.goal.number,
        "name": judgement.goal.name,
        "met": judgement.met,
        "demands": [_demand(one) for one in judgement.verdicts],
        "missing": dict(judgement.missing),
        "figures": medians(judgement.played),
    }


def _demand(verdict: Verdict) -> dict[str, Any]:
    found = verdict.values
    return {
        "what": what(verdict.demand),
        "median": verdict.median,
        "min": min(found, default=None),
        "max": max(found, default=None),
        "demanded": needs(verdict.demand),
        "met": verdict.met,
    }


def medians(played: Played) -> dict[str, dict[str, float]]:
    """Each contestant's figures, the median of its rounds."""
    return {
        name: {figure: median(one[figure] for one in rounds) for figure in rounds[0]}
        for name, rounds in played.items()
        if rounds
    }


def facts(rounds: int, *, short: bool, server: str) -> dict[str, str]:
    """What one must know to read the figures."""
    return {
        "date": dt.datetime.now(dt.UTC).date().isoformat(),
        "command": "`BENCH_SHORT=1 make bench`" if short else "`make bench`",
        "versions": f"Python {platform.python_version()}, PostgreSQL {server}",
        "machine": f"{os.cpu_count()} cores, {platform.system()}, {platform.machine()}",
        "load before": f"{os.getloadavg()[0]:.1f}",
        "rounds": str(rounds),
    }


def told(figures: Mapping[str, float]) -> str:
    """Figures in one line: `rate 5,120, p99 0.0083`."""
    return ", ".join(f"{name} {spelled(value)}" for name, value in figures.items())


def spelled(value: float) -> str:
    """A figure as one reads it: whole from a thousand on, else three digits that count."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
