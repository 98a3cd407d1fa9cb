"""The dashboards are written from their panels, are Grafana's, and show what there is."""

from __future__ import annotations

import json
from itertools import combinations, product
from pathlib import Path
from typing import Any

import pytest
import yaml
from grafana_foundation_sdk.cog.encoder import JSONEncoder
from grafana_foundation_sdk.models.dashboard import Dashboard

from deploy import metrics
from deploy.dashboards import WIDTH, Board, boards, written
from outbox.metrics import NAMED
from tests.observing.named import DASHBOARDS, HOUSE, alerts, rules, selectors, wrong
from tests.observing.promtool import promtool, with_promtool

QUERIES = [query for board in boards() for panel in board.panels for query, _ in panel.queries]
of_each = pytest.mark.parametrize("board", boards(), ids=lambda board: board.name)


@of_each
def test_a_dashboard_is_what_its_panels_say(board: Board) -> None:
    file = DASHBOARDS / f"{board.name}.json"

    assert file.read_text("utf-8") == written(board), "make readme"


def test_the_page_of_metrics_and_panels_is_current() -> None:
    assert (HOUSE / "docs" / "METRICS.md").read_text("utf-8") == metrics.page(), "make readme"


@of_each
def test_grafanas_own_types_know_every_field(board: Board) -> None:
    given = json.loads(written(board))

    known = json.loads(JSONEncoder().encode(Dashboard.from_json(given)))

    assert lost(given, known) == []


@of_each
def test_no_panel_lies_on_another(board: Board) -> None:
    places = [set(covered(panel["gridPos"])) for panel in json.loads(written(board))["panels"]]

    assert not any(one & other for one, other in combinations(places, 2))
    assert max(x for place in places for x, _ in place) < WIDTH


@pytest.mark.parametrize("query", QUERIES)
def test_panels_name_only_metrics_and_labels_that_there_are(query: str) -> None:
    assert wrong(query) == []


def test_every_metric_is_shown_or_told() -> None:
    queries = [*QUERIES, *(rule["expr"] for rule in (*alerts(), *rules("recording.yml")))]
    asked = {name for query in queries for name, _ in selectors(query)}

    assert [m.name for m in NAMED if not any(name.startswith(m.name) for name in asked)] == []


@with_promtool
def test_prometheus_reads_every_query(tmp_path: Path) -> None:
    recorded = [{"record": f"q:{n}", "expr": query} for n, query in enumerate(QUERIES)]
    file = tmp_path / "queries.yml"
    file.write_text(yaml.safe_dump({"groups": [{"name": "all", "rules": recorded}]}), "utf-8")

    promtool("check", "rules", str(file))


def test_what_grafana_is_given_is_where_it_looks() -> None:
    folder = DASHBOARDS / "provisioning"
    source = yaml.safe_load((folder / "datasources" / "prometheus.yml").read_text("utf-8"))
    provider = yaml.safe_load((folder / "dashboards" / "holdshort.yml").read_text("utf-8"))

    assert source["datasources"][0]["type"] == "prometheus"
    assert provider["providers"][0]["type"] == "file"


def covered(at: dict[str, int]) -> product[tuple[int, int]]:
    return product(range(at["x"], at["x"] + at["w"]), range(at["y"], at["y"] + at["h"]))


def lost(given: Any, known: Any, path: str = "") -> list[str]:
    """What of the given is not in the known, or is other there."""
    if isinstance(given, dict):
        inner = [(f"{path}/{k}", v, (known or {}).get(k)) for k, v in given.items()]
    elif isinstance(given, list):
        inner = [
            (f"{path}/{n}", *both) for n, both in enumerate(zip(given, known, strict=True))
        ]
    else:
        return [] if given == known else [f"{path}: {given} is {known}"]
    return [one for path, a, b in inner for one in lost(a, b, path)]
