"""The picture of a run: bars, by hand, to be read on a light page and on a dark one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from statistics import median

from deploy.bench.judging import Judgement
from deploy.bench.telling import spelled

WIDTH, LABELS, BAR, GAP, TITLE = 760, 190, 18, 8, 34
SCALE = WIDTH - LABELS - 100
STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#24292f}.title{font-weight:600}"
    ".ours{fill:#1a7f64}.theirs{fill:#8c959f}.spread{stroke:#24292f;stroke-width:1.5}"
    "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.ours{fill:#3fb68b}"
    ".theirs{fill:#6e7681}.spread{stroke:#e6edf3}}"
)
OURS = "Holdshort"

Bar = tuple[str, Sequence[float]]
"""Whose it is, and the figure in each round."""


def drawn(judgements: Iterable[Judgement]) -> str:
    """One SVG with a part for each goal that has a figure to show."""
    parts, y = [], 0
    for one in judgements:
        if bars := bars_of(one):
            said = f"{one.goal.number}. {one.goal.name}, {one.goal.unit}"
            parts.append(f'<text class="title" x="0" y="{y + 20}">{escape(said)}</text>')
            parts += _bars(bars, y + TITLE)
            y += TITLE + len(bars) * (BAR + GAP) + GAP
    size = f'width="{WIDTH}" height="{y}" viewBox="0 0 {WIDTH} {y}"'
    about = "<title>Medians; the line is from the slowest to the fastest round</title>"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">{about}'
    return "\n".join([head, f"<style>{STYLE}</style>", *parts, "</svg>\n"])


def bars_of(judgement: Judgement) -> list[Bar]:
    """Those who have the figure that the goal shows, as they stand in it."""
    figure = judgement.goal.drawn
    return [
        (name, [one[figure] for one in rounds])
        for name, rounds in judgement.played.items()
        if rounds and figure in rounds[0]
    ]


def _bars(bars: Sequence[Bar], top: int) -> Iterable[str]:
    most = max(max(values) for _, values in bars) or 1.0
    for number, (name, values) in enumerate(bars):
        y = top + number * (BAR + GAP)
        least, middle, best = (
            LABELS + SCALE * one / most for one in (min(values), median(values), max(values))
        )
        whose, line = "ours" if name.startswith(OURS) else "theirs", y + BAR / 2
        yield f'<text x="{LABELS - 8}" y="{y + 14}" text-anchor="end">{escape(name)}</text>'
        yield (
            f'<rect class="{whose}" x="{LABELS}" y="{y}" height="{BAR}" rx="2"'
            f' width="{middle - LABELS:.1f}"/>'
        )
        yield (
            f'<line class="spread" x1="{least:.1f}" x2="{best:.1f}" y1="{line}" y2="{line}"/>'
        )
        yield f'<text x="{best + 8:.1f}" y="{y + 14}">{spelled(median(values))}</text>'
