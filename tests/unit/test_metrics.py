"""Every metric is named once, in base units, with labels that are described."""

from __future__ import annotations

import re

import pytest

from outbox.metrics import LABELS, NAMED, Reading

NEVER = {"id", "intent", "key", "digest", "address", "recipient", "sender", "subject", "actor"}
UNITS = ("_seconds", "_ratio")


def test_no_metric_is_named_twice() -> None:
    names = [metric.name for metric in NAMED]

    assert len(names) == len(set(names))


@pytest.mark.parametrize("metric", NAMED, ids=lambda metric: metric.name)
def test_a_metric_says_what_it_counts_in_base_units(metric: Reading) -> None:
    assert re.fullmatch(r"holdshort_[a-z_]+", metric.name)
    assert metric.meaning.endswith(".")
    assert metric.name.endswith("_total") == (metric.kind == "counter")
    assert metric.kind != "histogram" or metric.name.endswith(UNITS)


@pytest.mark.parametrize("metric", NAMED, ids=lambda metric: metric.name)
def test_no_label_names_anybody_or_anything(metric: Reading) -> None:
    assert {*metric.labels} <= LABELS.keys() - NEVER


def test_no_label_is_described_that_no_metric_has() -> None:
    assert {label for metric in NAMED for label in metric.labels} == LABELS.keys()
