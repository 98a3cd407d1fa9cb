"""Write the page of all metrics and panels: `python -m deploy.metrics docs/METRICS.md`."""

from __future__ import annotations

import sys
from pathlib import Path

from deploy.dashboards import Board, boards
from outbox.metrics import LABELS, NAMED, Reading

_HEAD = """\
# Metrics

<!-- written by `make readme`; do not edit -->

Every process answers `/metrics` at its `HOLDSHORT_HTTP`. Workers count what they do: those
numbers are added up over processes. A *reading* is asked of the database at each scrape, by the
sweeper alone (`holdshort_armed` by each sender, which stands somewhere): run one sweeper with
`HOLDSHORT_HTTP`, or use `max`. Units are seconds, ratios and numbers; no label ever holds an
id, a key or an address.

| metric | kind | labels | what it says |
|---|---|---|---|
"""


def page() -> str:
    """The whole page."""
    labels = "\n".join(f"| `{name}` | {values} |" for name, values in LABELS.items())
    return "\n".join(
        [
            _HEAD + "\n".join(map(_row, NAMED)),
            f"\n## Labels\n\n| label | values |\n|---|---|\n{labels}",
            *map(_board, boards()),
            "",
        ]
    )


def _row(metric: Reading) -> str:
    labels = ", ".join(f"`{label}`" for label in metric.labels)
    return f"| `{metric.name}` | {metric.kind} | {labels} | {metric.meaning} |"


def _board(board: Board) -> str:
    rows = "\n".join(
        f"| {panel.title} | {panel.meaning} | {_queries([q for q, _ in panel.queries])} |"
        for panel in board.panels
    )
    head = (
        f"\n## Dashboard: {board.title}\n\n{board.meaning} `deploy/grafana/{board.name}.json`"
    )
    return f"{head}\n\n| panel | what it shows | query |\n|---|---|---|\n{rows}"


def _queries(queries: list[str]) -> str:
    return "<br>".join(f"`{query}`".replace("|", "\\|") for query in queries)


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(page(), encoding="utf-8")
