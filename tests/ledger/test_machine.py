"""Whatever anybody tries, in whatever order: the database and the wire stay true."""

from __future__ import annotations

import os
from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from outbox.store import Connection
from tests.ledger.random import books
from tests.ledger.random.working import Working
from tests.parts.receipts import attest

EXAMPLES = os.environ.get("HOLDSHORT_TEST_EXAMPLES")
"""How many lives to play; without it a few, always the same, and a failure is not made
smaller, since that takes minutes."""
SETTINGS = settings(
    max_examples=int(EXAMPLES or 40),
    stateful_step_count=50,
    derandomize=EXAMPLES is None,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    print_blob=True,
    phases=(Phase.generate,) if EXAMPLES is None else tuple(Phase),
)


class Machine(Working):
    """Looks at the books after every step, and counts what the lives came to."""

    def __init__(self, db: Connection, seen: Counter[str]) -> None:
        super().__init__(db)
        self.kept: list[tuple[object, ...]] = []
        self.seen = seen

    @invariant()
    def the_books_are_true(self) -> None:
        books.nothing_arrives_twice(self.wire)
        books.what_arrives_was_approved(self.db, self.wire)
        books.what_arrived_is_on_the_books(self.db, self.wire)
        books.an_approval_is_spent_once(self.db)
        books.every_life_follows_the_law(self.db)

    @invariant()
    def receipts_are_only_added_to(self) -> None:
        now = books.receipts(self.db)
        assert now[: len(self.kept)] == self.kept
        self.kept = now
        if self.steps % 10 == 0:
            attest(self.db)

    def teardown(self) -> None:
        self.seen["effects"] += len(self.wire.effects())
        self.seen["attempts"] += len(self.wire.attempts)
        states = "SELECT target FROM outbox.event"
        self.seen.update(state for (state,) in self.db.execute(states))
        said = books.what_a_stranger_says(self.db)
        assert said.startswith("valid" if self.kept else ""), said
        self.seen["verified"] += bool(said)


@pytest.fixture
def lives(db: Connection) -> Counter[str]:
    """Play the lives, and say what they came to."""
    seen: Counter[str] = Counter()

    class Life(Machine):
        def __init__(self) -> None:
            super().__init__(db, seen)

    run_state_machine_as_test(Life, settings=SETTINGS)
    return seen


def test_in_every_order_of_steps_the_books_are_true(lives: Counter[str]) -> None:
    assert lives["effects"] >= 15
    assert lives["stranded"] >= 15
    assert lives["attempts"] > lives["effects"]
    assert lives["verified"] >= 30
