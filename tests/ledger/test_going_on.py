"""A look that goes on where the last one ended passes nothing over for good."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from outbox import Intent, onwards
from outbox.claim import SCORE, SEND
from outbox.granting import Granter
from outbox.ledger import Ledger
from outbox.store import Connection, connect
from tests.parts import journey
from tests.parts.granting import NO_HOLD, given

Look = Callable[[], list[int]]
READY: dict[str, Callable[[Connection], Intent]] = {
    "submitted": journey.proposed,
    "scored": journey.scored,
    "awaiting_approval": journey.awaiting,
    "approved": journey.approved,
}


def scoring(db: Connection) -> Look:
    ledger = Ledger(db, worker="w")
    return lambda: [claim.id for claim in ledger.claim(replace(SCORE, batch=1))]


def routing(db: Connection) -> Look:
    ledger = Ledger(db, worker="w")

    def look() -> list[int]:
        before = _waiting(db, "scored")
        ledger.route(threshold=0.5, batch=1)
        return [*before - _waiting(db, "scored")]

    return look


def sending(db: Connection) -> Look:
    journey.switch_on(db)
    ledger = Ledger(db, worker="w")
    return lambda: [claim.id for claim in ledger.claim(replace(SEND, batch=1))]


def granting(db: Connection) -> Look:
    given(db)
    granter = Granter(db, worker="w", valid_for=journey.HOUR, hold=NO_HOLD)
    passed: dict[int, int] = {}

    def look() -> list[int]:
        with granter.holding(passed) as waiting:
            oldest = sorted(waiting, key=lambda one: one.moved_at)[:1]
        passed.update((one.id, one.version) for one in oldest)
        return [one.id for one in oldest]

    return look


@pytest.fixture(autouse=True)
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every look from the beginning took long, and the next one was far off."""
    monkeypatch.setattr(onwards, "QUICK", -1.0)
    monkeypatch.setattr(onwards, "PART", 1_000_000)


@pytest.mark.parametrize(
    ("state", "looking"),
    [
        ("submitted", scoring),
        ("scored", routing),
        ("awaiting_approval", granting),
        ("approved", sending),
    ],
)
def test_what_was_given_back_is_found_by_a_look_from_the_beginning(
    db: Connection, dsn: str, state: str, looking: Callable[[Connection], Look]
) -> None:
    first, second, third = (_in(db, state, hours) for hours in (3, 2, 1))
    look = looking(db)
    with connect(dsn, application="tests") as another, another.transaction():
        another.execute("SELECT FROM outbox.intent WHERE id = %s FOR UPDATE", (first,))
        assert look() == [second]

    assert look() == [third]
    assert look() == []
    assert looking(db)() == [first]


def _in(db: Connection, state: str, hours: int) -> int:
    """One that has been in this state for so long."""
    intent = READY[state](db)
    ago = "now() - make_interval(hours => %(hours)s)"
    db.execute(
        f"UPDATE outbox.intent SET due_at = {ago}, moved_at = {ago} WHERE id = %(id)s".encode(),
        {"hours": hours, "id": intent.id},
    )
    return intent.id


def _waiting(db: Connection, state: str) -> set[int]:
    found = db.execute("SELECT id FROM outbox.intent WHERE state = %s", (state,))
    return {id for (id,) in found}
