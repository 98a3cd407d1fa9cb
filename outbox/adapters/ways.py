"""How an adapter reaches Holdshort: as one agent, by the token of that agent.

Over HTTP (`outbox.adapters.intake`), or with a login of the database that is an agent's.
What can be done there is the same, and has no decision in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from outbox.agents import Agent, Told
from outbox.intent import Artifact, Proposal
from outbox.store import connect
from outbox.tokens import hash_of


class Known(Protocol):
    """What an agent knows of an intent; the rest of what it may see is nothing to a model."""

    @property
    def id(self) -> int: ...
    @property
    def key(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def version(self) -> int: ...
    @property
    def digest(self) -> str: ...


class Acts(Protocol):
    """What an agent may do.  Raises what `outbox.agents.Agent` does."""

    def propose(self, proposal: Proposal) -> tuple[Known, bool]: ...
    def page(self, *, before: int | None, size: int) -> tuple[Sequence[Known], int | None]: ...
    def look(self, id: int) -> tuple[Known, Sequence[Told]]: ...
    def edit(self, id: int, artifact: Artifact, *, digest: str) -> Known: ...
    def withdraw(self, id: int, *, reason: str) -> Known: ...


Way = Callable[[], AbstractContextManager[Acts]]
"""Gives the agent for one act; any thread may ask."""


def by_database(dsn: str, token: str) -> Way:
    """With a login in the group `holdshort_agent`, a connection for each act."""
    shown = hash_of(token)

    @contextmanager
    def way() -> Iterator[Acts]:
        with connect(dsn, application="holdshort adapter") as connection:
            yield Agent(connection, shown)

    return way
