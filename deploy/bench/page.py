"""The generated parts of `docs/SPEED.md`, and its picture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from deploy.bench import chart, telling
from deploy.bench.judging import Judgement
from deploy.bench.promises import HEAD, PROMISES
from deploy.bench.running import Run
from deploy.readme import with_block

DOCS = Path(__file__).parents[2] / "docs"
PAGE, PICTURE = DOCS / "SPEED.md", DOCS / "images" / "speed.svg"


def write(run: Run) -> None:
    """Put what a run found in place of what an earlier one did."""
    text = with_block(PAGE.read_text("utf-8"), "speed", found(run))
    PAGE.write_text(with_block(text, "promises", promises()), encoding="utf-8")
    PICTURE.write_text(chart.drawn(run.judgements), encoding="utf-8")


def found(run: Run) -> str:
    """What the machine was, and goal by goal what is demanded and what was measured."""
    parts = [table(("", ""), run.facts.items()), *map(_goal, run.judgements)]
    return "\n".join(parts)


def promises() -> str:
    return table(HEAD, PROMISES)


def _goal(judgement: Judgement) -> str:
    goal = judgement.goal
    verdict = telling.WORDS[judgement.met]
    parts = [
        f"**Goal {goal.number}, {goal.name}: {verdict}.** Demanded: {goal.said}.\n",
        table(telling.HEAD, telling.rows(judgement)),
        table(("who", "median of its rounds"), _figures(judgement)),
    ]
    if judgement.missing:
        lines = (f"{name}: {why}" for name, why in judgement.missing.items())
        parts.append(f"Did not take part: {'; '.join(lines)}.\n")
    return "\n".join(parts)


def _figures(judgement: Judgement) -> Iterable[Sequence[str]]:
    for name, figures in telling.medians(judgement.played).items():
        yield name, telling.told(figures)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)
