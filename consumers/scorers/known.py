"""The scorers that are installed: entry points of the group `holdshort.scorers`."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import entry_points

from consumers.scorers import Scorer
from outbox.errors import BadSettings

GROUP = "holdshort.scorers"


def check(names: Iterable[str]) -> None:
    """Raise `BadSettings` unless there is at least one, and all of them are installed."""
    installed = entry_points(group=GROUP).names
    unknown = sorted({*names} - installed)
    if unknown:
        raise BadSettings(
            f"HOLDSHORT_SCORERS: there is no scorer {unknown[0]}",
            hint=f"there are: {', '.join(sorted(installed))}",
        )
    if not [*names]:
        raise BadSettings("HOLDSHORT_SCORERS names no scorer", hint="at least: rules")


def load(name: str) -> Scorer:
    """The scorer of that name.  Runs its code: for a room alone.

    Raises `BadSettings` if it calls itself otherwise: a score names who gave it.
    """
    [entry] = entry_points(group=GROUP, name=name)
    scorer: Scorer = entry.load()()
    if scorer.name != name:
        raise BadSettings(f"the scorer {name} calls itself {scorer.name}")
    return scorer
