"""An attester that goes on where its last look ended keeps the order of every chain."""

from __future__ import annotations

import pytest

from outbox import onwards
from outbox.store import Connection, connect
from tests.parts import journey
from tests.parts.receipts import attest, attester
from tests.receipts.test_attesting import kinds_in


@pytest.fixture(autouse=True)
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if every look from the beginning took long, and the next one was far off."""
    monkeypatch.setattr(onwards, "QUICK", -1.0)
    monkeypatch.setattr(onwards, "PART", 1_000_000)


def test_all_of_one_intent_come_in_their_order_also_from_before_where_a_look_begins(
    dsn: str, db: Connection
) -> None:
    at_work = attester(db)
    with connect(dsn, application="tests") as slow:
        with slow.transaction():
            late = journey.proposed(slow)
            journey.proposed(db)
            at_work.look()
        journey.score_and_route(db)

    at_work.look()

    assert kinds_in(db, late.id) == ["persisted", "scored", "routed"]


def test_what_commits_late_before_where_a_look_begins_is_found_from_the_beginning(
    dsn: str, db: Connection
) -> None:
    at_work = attester(db)
    with connect(dsn, application="tests") as slow, slow.transaction():
        late = journey.proposed(slow)
        journey.proposed(db)
        at_work.look()

    at_work.look()
    assert kinds_in(db, late.id) == []
    attest(db)
    assert kinds_in(db, late.id) == ["persisted"]
