"""The hot statements read an index, however much was sent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pytest

from outbox.claim import SCORE, SEND
from outbox.ledger import Ledger
from outbox.limits.setting import Limits, Scope
from outbox.store import Connection, sql
from tests.parts import journey
from tests.parts.receipts import attest

MANY = 4000


@pytest.fixture
def full(db: Connection) -> Connection:
    """A ledger in which nearly everything is done."""
    journey.proposed(db)
    journey.switch_on(db)
    db.execute("ALTER TABLE outbox.intent DISABLE TRIGGER ALL")
    db.execute(
        "INSERT INTO outbox.intent"
        " (idempotency_key, producer, channel, state, moved_by, digest)"
        " SELECT 'done-' || n, 'tests', 'email', 'rejected', 'human', repeat('0', 64)"
        " FROM generate_series(1, %s) n",
        (MANY,),
    )
    db.execute("ALTER TABLE outbox.intent ENABLE TRIGGER ALL")
    db.execute("ANALYZE outbox.intent")
    return db


def plan_of_reading(db: Connection, statement: str, **parameters: Any) -> str:
    return lines(db.execute(b"EXPLAIN " + sql(statement), parameters, prepare=False))


def plan_of_calling(db: Connection, function: str) -> str:
    """The plan that a session keeps for the one statement of a function: for any arguments."""
    [(source, names, types)] = db.execute(
        "SELECT prosrc, proargnames, proargtypes::regtype[]::text[] FROM pg_proc"
        " WHERE pronamespace = 'outbox'::regnamespace AND proname = %s",
        (function,),
    )
    body = source.partition("BEGIN")[2].partition("RETURN QUERY")[2].rpartition(";")[0]
    for place, name in enumerate(names[: len(types)], 1):
        body = re.sub(rf"\b{function}\.{name}\b", f"${place}", body)
    with db.transaction(force_rollback=True):
        db.execute("SET LOCAL plan_cache_mode = force_generic_plan")
        db.execute(f"PREPARE {function} ({', '.join(types)}) AS {body}".encode())
        nothing = ", ".join(["NULL"] * len(types))
        plan = lines(db.execute(f"EXPLAIN EXECUTE {function} ({nothing})".encode()))
        db.execute(f"DEALLOCATE {function}".encode())
    return plan


def lines(rows: Iterable[tuple[Any, ...]]) -> str:
    return "\n".join(str(row[0]) for row in rows)


@pytest.mark.parametrize(
    ("function", "index"),
    [
        ("claim_to_score", "intent_claimable"),
        ("claim_to_send", "intent_claimable"),
        ("route", "intent_claimable"),
        ("sweep", "intent_leased"),
        ("renew", "intent_leased"),
    ],
)
def test_a_stage_reads_only_what_is_its_own(
    full: Connection, function: str, index: str
) -> None:
    plan = plan_of_calling(full, function)

    assert index in plan
    assert "Seq Scan on intent" not in plan


@pytest.mark.parametrize(
    ("function", "bound"),
    [
        ("claim_to_score", "due_at"),
        ("route", "due_at"),
        ("claim_to_grant", "moved_at"),
        ("claim_to_send", "due_at"),
        ("sweep", "lease_expires_at"),
    ],
)
def test_a_look_that_goes_on_begins_there_in_the_index(
    full: Connection, function: str, bound: str
) -> None:
    """Under the policies of rows, too: what is only filtered is gone through first."""
    plan = plan_of_calling(full, function)

    assert re.search(rf"Index Cond: .*\({bound} >= \$\d\)", plan)


def test_a_cap_is_counted_by_its_index_however_much_has_left(
    db: Connection, ledger: Ledger
) -> None:
    claim = journey.permitted(db, ledger)
    db.execute(
        "INSERT INTO outbox.counted (scope, name, at, attempt_id, weight)"
        " SELECT 'everything', '',"
        " now() - make_interval(secs => n), id, 1"
        " FROM outbox.attempt, generate_series(1, %s) AS n",
        (MANY,),
    )
    Limits(db, actor="ada").set_cap(Scope.EVERYTHING, "", most=10, span=SEND.lease)
    db.execute("ANALYZE outbox.counted")

    rows = db.execute("EXPLAIN SELECT * FROM outbox.limits(%s, now())", (claim.id,))

    plan = "\n".join(str(row[0]) for row in rows)
    assert "Index Only Scan Backward using counted_pkey" in plan
    assert "Seq Scan on counted" not in plan


def test_a_claim_finds_its_work_after_many_claims(full: Connection) -> None:
    ledger = Ledger(full, worker="w")

    claimed = [len(ledger.claim(SCORE)) for _ in range(10)]

    assert claimed == [1, *[0] * 9]


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        ("attest_waiting", "Index Cond: (id = unattested.receipt_id)"),
        ("attest_heads", "a_chain_does_not_fork"),
    ],
)
def test_an_attester_reads_only_what_is_not_in_the_log_and_what_comes_before_it(
    db: Connection, statement: str, index: str
) -> None:
    intent = journey.proposed(db)
    db.execute(
        "INSERT INTO outbox.receipt (intent_id, kind, role, actor, digest, evidence)"
        " SELECT %s, 'put_back', 'sender', 'tests', %s, '{}' FROM generate_series(1, %s)",
        (intent.id, intent.digest, MANY),
    )
    attest(db)
    journey.proposed(db)
    db.execute("ANALYZE outbox.receipt, outbox.leaf, outbox.unattested")

    plan = plan_of_reading(db, statement, batch=500, chains=[1, 2])

    assert index in plan
    assert "Seq Scan on receipt" not in plan
    assert "Seq Scan on leaf" not in plan
