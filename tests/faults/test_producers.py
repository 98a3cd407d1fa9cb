"""A producer that dies, or does not know whether it committed: one intent, or none."""

from __future__ import annotations

import contextlib
import signal
import subprocess
import sys
from collections.abc import Iterator

import psycopg
import pytest

from outbox.store import Connection
from tests.parts import journey
from tests.parts.journey import HALF_A_MINUTE
from tests.parts.proxy import COMMIT, Cut, DatabaseProxy, asks
from tests.parts.waiting import wait_until

KEY = "invoice-7"
DYING = """
import os, signal, sys
import psycopg
from tests.faults.test_producers import proposed_with_its_business
with psycopg.connect(sys.argv[1], application_name="producer") as business:
    proposed_with_its_business(business)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def business(db: Connection) -> Connection:
    """A database that has business of its own beside ours."""
    db.execute("CREATE TABLE invoice (id int PRIMARY KEY)")
    return db


@pytest.fixture
def proxy(dsn: str) -> Iterator[DatabaseProxy]:
    with contextlib.closing(DatabaseProxy(dsn)) as proxy:
        yield proxy


def proposed_with_its_business(connection: Connection) -> None:
    """What a service does in one transaction."""
    connection.execute("INSERT INTO invoice VALUES (7) ON CONFLICT DO NOTHING")
    journey.proposed(connection, key=KEY)


def proposed_again(dsn: str) -> None:
    with psycopg.connect(dsn) as connection:
        proposed_with_its_business(connection)


def counts(db: Connection) -> list[int]:
    """Business rows, intents, receipts, events, and events for Kafka."""
    [row] = db.execute(
        "SELECT (SELECT count(*) FROM invoice), (SELECT count(*) FROM outbox.intent),"
        " (SELECT count(intent_id) FROM outbox.receipt), (SELECT count(*) FROM outbox.event),"
        " (SELECT count(*) FROM outbox.unpublished)"
    ).fetchall()
    return list(row)


@pytest.mark.fault("1 producer killed before COMMIT")
def test_a_producer_killed_before_its_commit_has_proposed_nothing(
    dsn: str, business: Connection
) -> None:
    died = subprocess.run([sys.executable, "-c", DYING, dsn], check=False)
    there = "SELECT FROM pg_stat_activity WHERE application_name = 'producer'"
    wait_until(lambda: not business.execute(there).fetchall(), HALF_A_MINUTE, "it is gone")
    left = counts(business)
    proposed_again(dsn)

    assert died.returncode == -signal.SIGKILL
    assert left == [0, 0, 0, 0, 0]
    assert counts(business) == [1, 1, 1, 1, 1]


@pytest.mark.fault("1 producer's COMMIT unknown")
@pytest.mark.parametrize(("cut", "committed"), [(Cut.BEFORE, 0), (Cut.AFTER, 1)])
def test_a_producer_that_does_not_know_its_commit_asks_again_and_has_one_intent(
    dsn: str, business: Connection, proxy: DatabaseProxy, cut: Cut, committed: int
) -> None:
    with psycopg.connect(proxy.dsn) as unsure:
        proxy.cut(cut, asks(COMMIT))
        proposed_with_its_business(unsure)
        with pytest.raises(psycopg.OperationalError):
            unsure.commit()
    left = counts(business)
    proposed_again(dsn)
    proposed_again(dsn)

    assert left == [committed] * 5
    assert counts(business) == [1, 1, 1, 1, 1]
