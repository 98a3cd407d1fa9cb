"""Propose many at once: each as if alone, and all of them or none."""

from __future__ import annotations

from dataclasses import replace

import psycopg
import pytest
import sqlalchemy

from outbox import Proposal
from outbox.errors import Conflict
from outbox.store import Connection
from outbox.submit import submit_each
from tests.parts.journey import mail, proposed


def three() -> list[Proposal]:
    return [
        Proposal(artifact=mail(f"Bill {number}"), key=f"bill-{number}", producer="billing")
        for number in (3, 1, 2)
    ]


def held(db: Connection) -> list[tuple[int, str]]:
    return db.execute("SELECT id, idempotency_key FROM outbox.intent ORDER BY id").fetchall()


def test_the_intents_come_back_in_the_order_of_their_proposals(db: Connection) -> None:
    intents = submit_each(db, three())

    assert held(db) == [
        (one.id, f"bill-{number}") for one, number in zip(intents, (3, 1, 2), strict=True)
    ]


def test_a_sqlalchemy_connection_proposes_many_at_once(dsn: str, db: Connection) -> None:
    engine = sqlalchemy.create_engine(
        "postgresql+psycopg://", creator=lambda: psycopg.connect(dsn)
    )
    with engine.begin() as connection:
        intents = submit_each(connection, three())
    engine.dispose()

    assert [one.id for one in intents] == [id for id, _ in held(db)]


def test_a_key_that_comes_twice_is_one_intent(db: Connection) -> None:
    first, second = submit_each(db, [three()[0], three()[0]])

    assert first == second
    assert len(held(db)) == 1


def test_what_was_proposed_before_comes_back_among_the_others(db: Connection) -> None:
    [known] = submit_each(db, three()[1:2])

    intents = submit_each(db, three())

    assert intents[1] == known
    assert len(held(db)) == 3


def test_other_bytes_under_one_key_refuse_all_of_them(db: Connection) -> None:
    proposed(db, mail("Something else"), key="bill-2")

    with pytest.raises(Conflict, match="bill-2"):
        submit_each(db, three())

    assert [key for _, key in held(db)] == ["bill-2"]


def test_a_key_that_comes_twice_with_other_bytes_is_a_loud_conflict(db: Connection) -> None:
    one, other, _ = three()

    with pytest.raises(Conflict, match=one.key):
        submit_each(db, [one, replace(other, key=one.key)])

    assert held(db) == []


def test_nothing_proposed_is_nothing_held(db: Connection) -> None:
    assert submit_each(db, []) == []
