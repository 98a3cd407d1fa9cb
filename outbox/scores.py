"""Scores as the database takes them: a column for each of their fields."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from psycopg.types.json import Jsonb

from outbox.results import Score


def columns_of(scores: Sequence[Score]) -> dict[str, list[Any]]:
    """The arguments of the function `score` that say what was thought of each."""
    return {
        "scorers": [one.scorer for one in scores],
        "versions": [one.version for one in scores],
        "confidences": [float(one.confidence) for one in scores],
        "holds": [one.holds for one in scores],
        "kinds": [",".join(one.kinds) for one in scores],
        "reasons": [Jsonb(one.reasons) for one in scores],
        "costs": [one.cost for one in scores],
        "tooks": [one.took for one in scores],
    }
