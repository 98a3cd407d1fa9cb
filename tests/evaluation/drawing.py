"""A reliability curve as a picture for the docs."""

from __future__ import annotations

from outbox.calibration.curve import Curve

_STYLE = (
    "text{font:11px sans-serif;fill:#5b6475}.g{stroke:#dcd9d0}.i{stroke:#5b6475;"
    "stroke-dasharray:4 4}.s{stroke:#1d4fa8;stroke-width:2}.c{fill:#1d4fa8}.n{fill:#b8c2d6}"
)
_SIDE = 300


def drawn(curve: Curve) -> str:
    """The share of each tenth, with its bounds, and how many are in it."""
    lines = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-48 -12 366 400" width="366"'
        ' height="400" role="img" aria-label="Reliability on held-out mail">',
        f"<style>{_STYLE}</style>",
        '<rect x="-48" y="-12" width="366" height="400" fill="#fff"/>',
        *_grid(),
        f'<line class="i" x1="0" y1="{_SIDE}" x2="{_SIDE}" y2="0"/>',
    ]
    for one in curve.tenths:
        x, (low, high) = _SIDE * one.confidence, one.bounds
        height = 40 * one.decided / curve.decided
        lines += [
            f'<line class="s" x1="{x:.1f}" x2="{x:.1f}" y1="{_y(high):.1f}"'
            f' y2="{_y(low):.1f}"/>',
            f'<circle class="c" cx="{x:.1f}" cy="{_y(one.share):.1f}" r="4"/>',
            f'<rect class="n" x="{_SIDE * one.floor + 1:.1f}" y="{370 - height:.1f}" width="28"'
            f' height="{height:.1f}"/>',
        ]
    return "\n".join([*lines, "</svg>", ""])


def _grid() -> list[str]:
    lines = []
    for step in range(0, 11, 2):
        at = _SIDE * step / 10
        lines += [
            f'<line class="g" x1="0" x2="{_SIDE}" y1="{_SIDE - at:.0f}"'
            f' y2="{_SIDE - at:.0f}"/>',
            f'<text x="-6" y="{_SIDE - at + 4:.0f}" text-anchor="end">{10 * step} %</text>',
            f'<text x="{at:.0f}" y="{_SIDE + 16}" text-anchor="middle">{step / 10}</text>',
        ]
    return lines


def _y(share: float) -> float:
    return _SIDE * (1 - share)
