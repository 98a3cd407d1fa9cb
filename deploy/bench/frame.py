"""What a goal is, who takes part, and what is demanded of whom."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from outbox.errors import DependencyDown, HoldshortError

Figures = dict[str, float]
"""Named figures of one round: `rate` per s, `p99` in s, `rss` in bytes, `cpu` in s an item."""
Round = Callable[[], Figures]
"""Play one round.  Raises `Broken` where a promise of ours did not hold meanwhile."""


class Missing(DependencyDown):
    """A contestant is not there; the goal is judged on the others, and that is said."""


class Broken(HoldshortError):
    """A figure was reached by something that must not be: it is worth nothing."""

    hint = "this is a fault of ours, whatever the figures say: please report it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a run takes place."""

    server: str
    """The DSN of a superuser of the PostgreSQL server that all share."""
    room: Path
    """A directory of this run's own, which every user may enter."""
    short: bool
    """Whether everything must be over in minutes: smaller rounds, the same promises."""
    finished: int | None = None
    """How many intents are over in goal 7; None: as many as such a run has."""

    def amount(self, full: int, short: int) -> int:
        """How many items, seconds or rows: that of a full run, or that of a short one."""
        return short if self.short else full


@dataclass(frozen=True, slots=True, kw_only=True)
class Contestant:
    """One who is measured.  All set-up is in `opened`, and takes no time that counts."""

    name: str
    opened: Callable[[Place], AbstractContextManager[Round]]
    """Raises `Missing` if it cannot be had here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """What is demanded of one figure, or of its ratio to another contestant's."""

    of: str
    """The name of the contestant whose figure it is."""
    figure: str = "rate"
    to: str = ""
    """The contestant by whose figure it is divided, in the same round; nobody: it is bare."""
    least: float | None = None
    most: float | None = None
    """What the median must reach, or not exceed; neither: it is shown, and not judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A sentence with a number in it, and how it is measured."""

    number: int
    name: str
    said: str
    contestants: tuple[Contestant, ...]
    demands: tuple[Demand, ...]
    drawn: str = "rate"
    """The figure that the picture shows of each contestant who has it; of nobody: none."""
    unit: str = "items/s"
