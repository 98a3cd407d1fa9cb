"""Write the dashboards for Grafana: `python -m deploy.dashboards deploy/grafana`.

A panel is a few values of `panels.toml`; everything else of Grafana's JSON follows from them.
"""

from __future__ import annotations

import json
import sys
import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

WIDTH = 24
"""Columns of Grafana's grid."""
_SOURCE = {"type": "prometheus", "uid": "${datasource}"}
_VARIABLES = [
    {
        "name": "datasource",
        "label": "Prometheus",
        "type": "datasource",
        "query": "prometheus",
        "current": {},
        "hide": 0,
    }
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One number, or curves over time."""

    title: str
    meaning: str
    queries: tuple[tuple[str, str], ...]
    """In PromQL, each with how its curve is called."""
    kind: str = "timeseries"
    unit: str = "short"
    bad: float | None = None
    good: float | None = None


@dataclass(frozen=True, slots=True)
class Board:
    """One page."""

    name: str
    title: str
    meaning: str
    panels: tuple[Panel, ...]


def boards() -> tuple[Board, ...]:
    """Every dashboard."""
    text = resources.files("deploy").joinpath("grafana", "panels.toml").read_text("utf-8")
    return tuple(
        Board(one["name"], one["title"], one["meaning"], tuple(map(_read, one["panel"])))
        for one in tomllib.loads(text)["board"]
    )


def _read(panel: dict[str, Any]) -> Panel:
    return Panel(
        **{**panel, "queries": tuple((query, name) for query, name in panel["queries"])}
    )


@dataclass(frozen=True, slots=True)
class _Place:
    x: int
    y: int
    width: int
    height: int


def written(board: Board) -> str:
    """The dashboard as Grafana reads it; the same board gives the same text."""
    return json.dumps(_dashboard(board), indent=1, ensure_ascii=False) + "\n"


def _dashboard(board: Board) -> dict[str, Any]:
    places = _places(board)
    return {
        "uid": board.name,
        "title": board.title,
        "description": board.meaning,
        "tags": ["holdshort"],
        "schemaVersion": 39,
        "editable": True,
        "refresh": "30s",
        "time": {"from": "now-6h", "to": "now"},
        "timezone": "browser",
        "templating": {"list": _VARIABLES},
        "panels": [
            _panel(number, panel, place)
            for number, (panel, place) in enumerate(zip(board.panels, places, strict=True), 1)
        ],
    }


def _places(board: Board) -> list[_Place]:
    """From left to right; a panel that does not fit into a row begins the next."""
    places: list[_Place] = []
    x = y = height = 0
    for panel in board.panels:
        wide, high = (4, 4) if panel.kind == "stat" else (12, 8)
        if x + wide > WIDTH or (height and high != height):
            x, y = 0, y + height
        places.append(_Place(x, y, wide, high))
        x, height = x + wide, high
    return places


def _panel(number: int, panel: Panel, place: _Place) -> dict[str, Any]:
    return {
        "id": number,
        "type": panel.kind,
        "title": panel.title,
        "description": panel.meaning,
        "datasource": _SOURCE,
        "gridPos": {"x": place.x, "y": place.y, "w": place.width, "h": place.height},
        "fieldConfig": {"defaults": _defaults(panel), "overrides": []},
        "options": _options(panel),
        "targets": [
            {"refId": chr(ord("A") + place), "expr": query, "legendFormat": legend}
            | {"datasource": _SOURCE, "editorMode": "code", "range": True}
            for place, (query, legend) in enumerate(panel.queries)
        ],
    }


def _defaults(panel: Panel) -> dict[str, Any]:
    steps: list[dict[str, Any]] = [{"color": "green", "value": None}]
    if panel.bad is not None:
        steps.append({"color": "red", "value": panel.bad})
    if panel.good is not None:
        steps = [{"color": "red", "value": None}, {"color": "green", "value": panel.good}]
    return {
        "unit": panel.unit,
        "min": 0,
        "thresholds": {"mode": "absolute", "steps": steps},
        "color": {"mode": "thresholds" if panel.kind == "stat" else "palette-classic"},
    }


def _options(panel: Panel) -> dict[str, Any]:
    if panel.kind == "stat":
        return {"colorMode": "background", "reduceOptions": {"calcs": ["lastNotNull"]}}
    return {
        "legend": {"displayMode": "list", "placement": "bottom", "showLegend": True},
        "tooltip": {"mode": "multi", "sort": "desc"},
    }


def main(folder: Path) -> None:
    for board in boards():
        (folder / f"{board.name}.json").write_text(written(board), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
