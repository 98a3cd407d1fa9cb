"""The scorer of what may be so no longer: times, facts, and the thread that it answers.

What is a fact, and where threads are kept, knows the house alone: it gives two hooks by entry
points.  A hook that fails makes the scorer fail, and a person looks.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import entry_points
from typing import Any, Protocol

from consumers.scorers import History
from consumers.scorers.kinds import Found, Kind, scored
from outbox.errors import BadSettings
from outbox.intent import Artifact
from outbox.results import Score
from outbox.settings import Settings

FACTS, THREADS = "holdshort.facts", "holdshort.threads"
SOON = dt.timedelta(hours=1)
"""Less is a short time for a person to decide in."""


class Facts(Protocol):
    """Looks up what an artifact says, where the truth is kept."""

    def stale(self, artifact: Artifact) -> Iterable[str]:
        """A sentence for each fact that is not so any more, as `the price has changed`."""
        ...


class Threads(Protocol):
    """Knows the conversation that an artifact goes on with."""

    def last(self, artifact: Artifact) -> dt.datetime | None:
        """When anybody last wrote in its thread, with a time zone; None: it answers none."""
        ...


class Freshness:
    """Not for sharing between threads, unless its hooks are."""

    name = "freshness"
    version = "1"

    def __init__(
        self,
        facts: Sequence[Facts] | None = None,
        threads: Sequence[Threads] | None = None,
        now: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        """Without hooks, those that the settings name.  Raises `BadSettings`."""
        settings = Settings.from_env(os.environ)
        self._facts = _hooks(FACTS, settings.facts) if facts is None else facts
        self._threads = _hooks(THREADS, settings.threads) if threads is None else threads
        self._now = now

    def score(self, artifact: Artifact, history: History) -> Score:
        """What is left of the confidence."""
        found = [
            *self._soon_over(history),
            *self._not_so(artifact),
            *self._gone_on(artifact, history),
        ]
        return scored(found, self.name, self.version)

    def _soon_over(self, history: History) -> Iterator[Found]:
        if history.not_after is not None and history.not_after - self._now() < SOON:
            yield Found(Kind.SOON_OVER, "it may leave for less than an hour from now")

    def _not_so(self, artifact: Artifact) -> Iterator[Found]:
        for hook in self._facts:
            for sentence in hook.stale(artifact):
                yield Found(Kind.STALE_FACT, sentence)

    def _gone_on(self, artifact: Artifact, history: History) -> Iterator[Found]:
        for hook in self._threads:
            last = hook.last(artifact)
            if last is not None and (history.written_at is None or last > history.written_at):
                yield Found(Kind.THREAD_WENT_ON, "its thread has gone on since it was written")


def _hooks(group: str, names: Iterable[str]) -> list[Any]:
    installed = entry_points(group=group)
    if unknown := sorted({*names} - installed.names):
        raise BadSettings(
            f"there is no entry point {unknown[0]} in {group}",
            hint=f"there are: {', '.join(sorted(installed.names)) or 'none'}",
        )
    return [entry.load()() for entry in installed if entry.name in {*names}]
