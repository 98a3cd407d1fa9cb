"""The picture of an evaluation: bars of shares, for a light page and for a dark one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

WIDTH, LABELS, BAR, GAP, TITLE = 760, 190, 14, 6, 34
SCALE = WIDTH - LABELS - 70
STYLE = (
    "text{font:13px system-ui,sans-serif;fill:#24292f}.title{font-weight:600}"
    ".good{fill:#1a7f64}.bad{fill:#b35900}.all{fill:#8c959f;opacity:.25}"
    "@media(prefers-color-scheme:dark){text{fill:#e6edf3}.good{fill:#3fb68b}"
    ".bad{fill:#f0883e}}"
)
Part = tuple[str, str, Sequence[tuple[str, float]]]
"""What it shows, of which colour, and each share by its name."""


def drawn(about: str, parts: Iterable[Part]) -> str:
    """One SVG, a part under the other."""
    pieces, y = [], 0
    for title, colour, shares in parts:
        pieces.append(f'<text class="title" x="0" y="{y + 20}">{escape(title)}</text>')
        pieces += _bars(shares, colour, y + TITLE)
        y += TITLE + len(shares) * (BAR + GAP) + GAP
    size = f'width="{WIDTH}" height="{y}" viewBox="0 0 {WIDTH} {y}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">'
    title = f"<title>{escape(about)}</title>"
    return "\n".join([head, title, f"<style>{STYLE}</style>", *pieces, "</svg>\n"])


def _bars(shares: Sequence[tuple[str, float]], colour: str, top: int) -> Iterable[str]:
    for number, (name, share) in enumerate(shares):
        y, long = top + number * (BAR + GAP), SCALE * share
        where = f'y="{y}" height="{BAR}" rx="2"'
        yield f'<text x="{LABELS - 8}" y="{y + 12}" text-anchor="end">{escape(name)}</text>'
        yield f'<rect class="all" x="{LABELS}" width="{SCALE}" {where}/>'
        yield f'<rect class="{colour}" x="{LABELS}" width="{long:.1f}" {where}/>'
        yield f'<text x="{LABELS + SCALE + 8}" y="{y + 12}">{share:.1%}</text>'
