"""Numbers of the navigation, of agents and of the system are those of the ledger."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy

from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.limits.setting import Limits, Scope
from outbox.pools import pooled
from outbox.screens.agents import Tally, agents, hours
from outbox.screens.fingerprint import fingerprint
from outbox.screens.numbers import ages, numbers
from outbox.screens.system import caps_in_use, processes, system
from outbox.store import Connection
from tests.parts import journey
from tests.parts.logins import logins_of
from tests.parts.policies import put, tier
from tests.parts.receipts import attest


def test_the_navigation_counts_what_waits_for_people(
    db: Connection, ledger: Ledger, look: sqlalchemy.Connection
) -> None:
    journey.stranded(db, ledger)
    put(db, tier(within={"remind": "1h"}))
    late, hidden = journey.awaiting(db), journey.awaiting(db)
    db.execute(
        "UPDATE outbox.intent SET moved_at = now() - interval '2 hours'"
        " WHERE state = 'awaiting_approval'"
    )
    until = dt.datetime.now(dt.UTC) + journey.HOUR
    Desk(db, actor="ada").defer(hidden.id, digest=journey.seen(db, hidden.id), until=until)

    found = numbers(look)

    assert (found.awaiting_approval, found.deferred, found.overdue) == (1, 1, 1)
    assert (found.stranded, found.in_review, found.sending) == (1, 0, 0)
    assert late.id < hidden.id
    waited = {one.floor: one.number for one in ages(look) if one.state == "awaiting_approval"}
    assert waited[journey.HOUR] == 2


def test_an_agent_is_counted_off_the_receipts_in_the_log_each_once(
    db: Connection, ledger: Ledger, look: sqlalchemy.Connection
) -> None:
    claim = journey.permitted(db, ledger)
    ledger.settle(claim, State.SENT, kind="sent", evidence={})
    attest(db)
    Desk(db, actor="ada").reject(journey.awaiting(db).id, reason="no")
    journey.sent_back(db)
    attest(db)
    attest(db)

    [agent] = agents(look)

    assert agent.producer == "tests"
    assert agent.today == Tally(proposed=3, approved=1, rejected=1, sent_back=1, sent=1)
    assert agent.month == agent.today
    assert agent.month.approval_rate == pytest.approx(1 / 3)
    assert agent.last_seen is not None
    assert agent.wait is not None
    assert (hours(look)[-1].sent, len(hours(look))) == (1, 48)


def test_the_system_says_what_waits_for_its_processes(
    db: Connection, ledger: Ledger, look: sqlalchemy.Connection
) -> None:
    attest(db)
    Limits(db, actor="ada").set_cap(Scope.EVERYTHING, "", most=5, span=journey.HOUR)
    journey.permitted(db, ledger)

    found = system(look)

    assert (found.unpublished, found.unattested) == (7, 7)
    assert (found.armed_by, found.policy) == ("ada", 1)
    assert {one.role for one in processes(look)} >= {"agent", "scorer", "human", "sender"}
    assert [(one.used, one.whole) for one in caps_in_use(look)] == [(1, True)]


def test_the_fingerprint_changes_with_whatever_changes_and_with_nothing_else(
    db: Connection, dsn: str, look: sqlalchemy.Connection
) -> None:
    seen = [fingerprint(look)]

    journey.proposed(db)
    seen.append(fingerprint(look))
    journey.switch_on(db)
    seen.append(fingerprint(look))

    assert len(set(seen)) == 3
    assert fingerprint(look) == seen[-1]


def test_what_commits_later_than_what_came_after_it_changes_the_fingerprint(
    db: Connection, dsn: str, look: sqlalchemy.Connection
) -> None:
    from outbox.store import connect

    with connect(dsn, application="slow") as slow, slow.transaction():
        journey.proposed(slow)
        journey.proposed(db)
        before = fingerprint(look)

    assert fingerprint(look) != before


def test_a_pool_gives_no_connection_that_has_died(dsn: str, db: Connection) -> None:
    engine = pooled(logins_of(dsn)["reader"], most=1)
    with engine.connect() as connection:
        first = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()
    db.execute("SELECT pg_terminate_backend(%s, 5000)", (first,))

    with engine.connect() as connection:
        second = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar()

    assert first != second
    engine.dispose()


def test_a_pool_gives_connections_that_see_the_present_and_cannot_write(
    dsn: str, db: Connection
) -> None:
    engine = pooled(logins_of(dsn)["reader"], most=1)
    asked = "SELECT count(*), current_setting('transaction_read_only') FROM outbox.intent"
    found = []
    for _ in range(2):
        with engine.connect() as connection:
            found.append(tuple(connection.exec_driver_sql(asked).one()))
        journey.proposed(db)

    assert found == [(0, "on"), (1, "on")]
    engine.dispose()
