"""The picture of a cell's day: how long intents take, hour by hour."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from deploy.bench.chart import STYLE
from deploy.planning.simulating import Hour

WIDTH, HEIGHT, LEFT, TOP, STEP = 760, 300, 60, 30, 28
LEAST, DECADES = 0.001, 5
"""The axis: from a millisecond on."""
CURVES = (("median", "#1a7f64"), ("p99", "#bf8700"), ("p99.9", "#cf222e"))


def drawn(hours: Sequence[Hour]) -> str:
    """Bars are rates; curves are times, on a scale of tenfolds."""
    size = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    about = "<title>A simulated day of one cell</title>"
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">{about}'
    parts = (*_axis(), *_rates(hours), *_curves(hours))
    return "\n".join([head, f"<style>{STYLE}</style>", *parts, "</svg>\n"])


def _axis() -> Iterator[str]:
    said = "from proposed to receipted, by hour; bars: intents a second"
    yield f'<text class="title" x="0" y="16">{said}</text>'
    for decade in range(DECADES):
        seconds = LEAST * 10**decade
        named = f"{seconds:g} s" if seconds >= 1 else f"{seconds * 1000:g} ms"
        y = _height(seconds)
        yield f'<text x="{LEFT - 8}" y="{y:.0f}" text-anchor="end">{named}</text>'
    for hour in range(0, 24, 3):
        yield f'<text x="{LEFT + hour * STEP}" y="{HEIGHT - 4}">{hour}:00</text>'


def _rates(hours: Sequence[Hour]) -> Iterator[str]:
    most = max(rate for rate, *_ in hours)
    for hour, (rate, *_) in enumerate(hours):
        high = 60 * rate / most
        x, y = LEFT + hour * STEP, HEIGHT - 20 - high
        yield (
            f'<rect class="theirs" opacity="0.4" x="{x}" y="{y:.0f}" width="{STEP - 4}"'
            f' height="{high:.0f}"><title>{rate:,.1f} a second</title></rect>'
        )


def _curves(hours: Sequence[Hour]) -> Iterator[str]:
    for place, (name, colour) in enumerate(CURVES, 1):
        points = [
            (LEFT + hour * STEP + STEP // 2, _height(times[place]))
            for hour, times in enumerate(hours)
        ]
        path = " ".join(f"{x},{y:.0f}" for x, y in points)
        yield f'<polyline fill="none" stroke="{colour}" stroke-width="2" points="{path}"/>'
        x, y = points[-1]
        yield f'<text x="{x + 4}" y="{y - 2:.0f}">{name}</text>'


def _height(seconds: float) -> float:
    inner = HEIGHT - TOP - 40
    return TOP + inner * (1 - math.log10(max(seconds, LEAST) / LEAST) / DECADES)
