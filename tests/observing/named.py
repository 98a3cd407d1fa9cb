"""Which metrics a query names, as Prometheus itself would read it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import promql_parser
import yaml

from outbox.metrics import NAMED

HOUSE = Path(__file__).parents[2]
PROMETHEUS = HOUSE / "deploy" / "prometheus"
DASHBOARDS = HOUSE / "deploy" / "grafana"
_OF_PROMETHEUS = {"job", "instance"}
"""Labels that every series has."""


def rules(file: str) -> list[dict[str, Any]]:
    """The rules of a file in deploy/prometheus."""
    read = yaml.safe_load((PROMETHEUS / file).read_text("utf-8"))
    return [rule for group in read["groups"] for rule in group["rules"]]


def alerts() -> list[dict[str, Any]]:
    return rules("alerts.yml")


def known() -> dict[str, set[str]]:
    """Every series that a process of ours may have, and its labels."""
    found: dict[str, set[str]] = {}
    for metric in NAMED:
        labels = {*metric.labels}
        if metric.kind == "histogram":
            found[f"{metric.name}_bucket"] = labels | {"le"}
            found[f"{metric.name}_sum"] = found[f"{metric.name}_count"] = labels
        else:
            found[metric.name] = labels
    return found


def recorded() -> dict[str, set[str]]:
    """Every series that the recording rules make, and its labels."""
    return {
        rule["record"]: set().union(*_groupings(rule["expr"])) - {"le"}
        for rule in rules("recording.yml")
    }


def wrong(query: str) -> list[str]:
    """What the query names or asks for, and no process or rule of ours has."""
    there = known() | recorded() | {"up": set[str]()}
    unknown = [
        f"{name}{sorted(labels)}"
        for name, labels in selectors(query)
        if name not in there or labels - there[name] - _OF_PROMETHEUS
    ]
    of_all = set().union(_OF_PROMETHEUS, *(there.get(name, ()) for name, _ in selectors(query)))
    return unknown + [f"by {sorted(by)}" for by in _groupings(query) if by - of_all]


def selectors(query: str) -> list[tuple[str, set[str]]]:
    """Each metric that the query names, and the labels that it asks of it."""
    return [
        (part.name or "", {one.name for one in part.matchers.matchers})
        for part in _parts(query)
        if isinstance(part, promql_parser.VectorSelector)
    ]


def _groupings(query: str) -> list[set[str]]:
    return [
        {*part.modifier.labels}
        for part in _parts(query)
        if isinstance(part, promql_parser.AggregateExpr) and part.modifier
    ]


def _parts(query: str) -> list[Any]:
    found: list[Any] = []
    promql_parser.walk(promql_parser.parse(query), found.append)
    return found
