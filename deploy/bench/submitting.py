"""What it adds to a caller's transaction to propose in it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import LiteralString

from deploy.bench.frame import Contestant, Figures, Place, Round
from deploy.bench.installation import MAIL, installed
from outbox import Proposal, submit
from outbox.store import Connection, connect

NAME = "Holdshort"
TABLE: LiteralString = (
    "CREATE TABLE invoice (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
    " customer text NOT NULL, amount numeric NOT NULL, made timestamptz NOT NULL)"
)
BARE: LiteralString = (
    "INSERT INTO invoice (customer, amount, made) VALUES ('ada', 70, now()) RETURNING id"
)
WARM = 50


@contextmanager
def opened(place: Place) -> Iterator[Round]:
    """Each round: so many transactions without a proposal, each next to one with it."""
    pairs = place.amount(2_000, 500)
    with installed(place) as ours, connect(ours.dsn, application="bench") as owner:
        owner.execute(TABLE)
        owner.execute("GRANT INSERT, SELECT ON invoice TO holdshort_agent")
        with connect(ours.logins["agent"], application="bench agent") as agent:
            _paired(agent, WARM)
            yield lambda: _figures(_paired(agent, pairs))


def bare(agent: Connection) -> None:
    """A business row, in a transaction of its own."""
    with agent.transaction():
        agent.execute(BARE)


def proposing(agent: Connection) -> None:
    """The same row, and the proposal of a mail about it."""
    with agent.transaction():
        agent.execute(BARE)
        submit(agent, Proposal(artifact=MAIL, key=str(time.monotonic_ns()), producer="bench"))


def _paired(agent: Connection, pairs: int) -> list[tuple[float, float]]:
    """Seconds of both, in each pair; which of them is first changes from pair to pair."""
    found = []
    for number in range(pairs):
        first, second = (bare, proposing) if number % 2 else (proposing, bare)
        took = {first: _took(first, agent)} | {second: _took(second, agent)}
        found.append((took[bare], took[proposing]))
    return found


def _took(what: Callable[[Connection], None], agent: Connection) -> float:
    begun = time.perf_counter()
    what(agent)
    return time.perf_counter() - begun


def _figures(pairs: list[tuple[float, float]]) -> Figures:
    without, together = (statistics.median(one) for one in zip(*pairs, strict=True))
    return {"bare": without, "proposing": together, "added": together - without}


SUBMITTING = Contestant(name=NAME, opened=opened)
