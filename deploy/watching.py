"""Watch the pipeline from outside, as a person with a read-only connection would."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from time import monotonic

from sqlalchemy import Engine

from outbox import queries, views
from outbox.errors import DependencyDown
from outbox.intent import Artifact, parse_artifact
from outbox.lifecycle import State

PATIENCE = dt.timedelta(seconds=45)
GLANCE = dt.timedelta(milliseconds=100)

Counts = dict[State, int]
"""How many intents are in each state."""


class Watch:
    """What can be seen through one reader."""

    def __init__(self, reader: Engine, patience: dt.timedelta = PATIENCE) -> None:
        self._reader = reader
        self._patience = patience

    def counts(self) -> Counts:
        with self._reader.connect() as connection:
            return queries.counts(connection)

    def in_state(self, state: State) -> list[views.Summary]:
        """The intents in this state, the oldest first."""
        with self._reader.connect() as connection:
            page = queries.page(connection, state=state, size=1000)
        return sorted(page.intents, key=lambda intent: intent.id)

    def dossiers(self) -> list[views.Dossier]:
        """Everything about every intent, the oldest first."""
        with self._reader.connect() as connection:
            page = queries.page(connection, size=1000)
            return [queries.dossier(connection, intent.id) for intent in page.intents[::-1]]

    def artifact(self, intent: views.Summary) -> Artifact:
        with self._reader.connect() as connection:
            content = queries.content(connection, intent.id, digest=intent.digest)
        return parse_artifact(content)

    def until(self, done: Callable[[Counts], bool], what: str) -> None:
        """Look until it is done.  Raises `DependencyDown` if that takes too long."""
        deadline = monotonic() + self._patience.total_seconds()
        while not done(seen := self.counts()):
            if monotonic() > deadline:
                states = ", ".join(f"{n} {state}" for state, n in seen.items() if n)
                raise DependencyDown(f"waited {self._patience} in vain: {what}; seen: {states}")
            threading.Event().wait(GLANCE.total_seconds())
