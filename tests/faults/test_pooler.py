"""Through PgBouncer in transaction mode: every transaction may get another session."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from deploy.local.databases import temporary_database
from deploy.local.sink import MailSink
from outbox.desk import Desk
from outbox.errors import GateClosed
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.store import Connection, call, connect
from relay.publishing import FENCE
from schemas.migrate import upgrade
from schemas.revision import NEEDED
from tests.faults.sending import sender
from tests.parts import journey
from tests.parts.journey import HALF_A_MINUTE, SECOND, state_of
from tests.parts.pooler import Pooler
from tests.parts.proxy import COMMIT, Cut, DatabaseProxy, asks
from tests.parts.waiting import wait_until

TIMES = 5
LEFT_BEHIND = (
    "SELECT 'prepared statement', name FROM pg_prepared_statements"
    " UNION ALL SELECT 'cursor', name FROM pg_cursors"
    " UNION ALL SELECT 'channel', pg_listening_channels()"
    " UNION ALL SELECT 'lock', mode FROM pg_locks WHERE locktype = 'advisory'"
    " UNION ALL SELECT 'schema', nspname FROM pg_namespace WHERE oid = pg_my_temp_schema()"
    " UNION ALL SELECT 'setting', name FROM pg_settings WHERE source = 'session'"
    " AND name <> 'application_name'"  # the pooler carries it from client to client
)


@pytest.fixture(params=["between client and pooler", "between pooler and server"])
def cutting(
    request: pytest.FixtureRequest, own_room: Path, dsn: str
) -> Iterator[tuple[DatabaseProxy, str]]:
    """What cuts, and the DSN that leads through it and through a pooler."""
    with contextlib.ExitStack() as parts:
        if request.param == "between client and pooler":
            pooler = parts.enter_context(Pooler(own_room, dsn))
            proxy = parts.enter_context(contextlib.closing(DatabaseProxy(pooler.dsn)))
            yield proxy, proxy.dsn
        else:
            proxy = parts.enter_context(contextlib.closing(DatabaseProxy(dsn)))
            yield proxy, parts.enter_context(Pooler(own_room, proxy.dsn)).dsn


@pytest.mark.fault("19 PgBouncer by transaction")
def test_behind_a_pooler_nothing_of_ours_stays_behind_in_a_session(
    own_room: Path, dsn: str
) -> None:
    with Pooler(own_room, dsn) as pooler, connect(pooler.dsn, application="tests") as shared:
        do_everything(shared)

        assert shared.execute(LEFT_BEHIND).fetchall() == []


@pytest.mark.own_session("it is about what stays in one")
def test_a_session_of_our_own_prepares_what_it_does_often(dsn: str) -> None:
    with connect(dsn, application="tests") as own:
        do_everything(own)

        left = own.execute(LEFT_BEHIND).fetchall()

    assert left != []
    assert {kind for kind, _ in left} == {"prepared statement"}


def do_everything(connection: Connection) -> None:
    """More often than the five times after which psycopg prepares a statement."""
    for _ in range(7):
        ledger = Ledger(connection, worker="worker-1")
        claim = journey.permitted(connection, ledger)
        ledger.renew([claim.fence], HALF_A_MINUTE)
        ledger.settle(claim, State.SENT, kind="sent", evidence={})
        ledger.sweep()
        ledger.expire()
        call(connection, "claim_unpublished", shards=8, per_shard=1, fence=FENCE)


@pytest.mark.fault("19 PgBouncer by transaction")
@pytest.mark.parametrize(("cut", "mails"), [(Cut.AFTER, TIMES), (Cut.BEFORE, 0)])
def test_an_unknown_commit_is_found_out_through_a_pooler(
    db: Connection, cutting: tuple[DatabaseProxy, str], sink: MailSink, cut: Cut, mails: int
) -> None:
    proxy, way = cutting
    journey.switch_on(db)
    for _ in range(TIMES):
        journey.approved(db)
        with connect(way, application="tests") as connection:
            proxy.cut(cut, asks(COMMIT))
            sender(connection, sink, dsn=way).look()

    attempts = db.execute("SELECT FROM outbox.attempt").fetchall()
    assert proxy.cuts == TIMES
    assert len(attempts) == len(sink.accepted()) == mails


@pytest.mark.fault("19 PgBouncer by transaction")
def test_no_permit_is_given_through_a_pooler_once_the_switch_is_off(
    pooler: Pooler, pooled: Connection, db: Connection
) -> None:
    ledger = Ledger(pooled, worker="worker-1")
    claim = journey.claimed(pooled, ledger)

    with connect(pooler.dsn, application="tests") as operator, operator.transaction():
        Desk(operator, actor="ada").flip(journey.OFF)
        with ThreadPoolExecutor(1) as other:
            asking = other.submit(ledger.permit, claim, enough=SECOND)
            wait_until(lambda: waits_for_the_switch(db), HALF_A_MINUTE, "the permit waits")
            operator.execute("COMMIT")
            refused = asking.exception()

    assert isinstance(refused, GateClosed)
    assert refused.reason == "outbound_off"
    assert state_of(db, claim.id) == "sending"


def test_a_database_is_migrated_through_a_pooler_and_again(
    server_dsn: str, own_room: Path
) -> None:
    with temporary_database(server_dsn) as empty, Pooler(own_room, empty) as pooler:
        revisions = [upgrade(pooler.dsn) for _ in range(2)]

        with connect(pooler.dsn, application="tests") as pooled:
            left_behind = pooled.execute(LEFT_BEHIND).fetchall()

    assert revisions == [NEEDED, NEEDED]
    assert left_behind == []


def waits_for_the_switch(db: Connection) -> bool:
    waiting = "SELECT FROM pg_locks WHERE relation = 'outbox.switch'::regclass AND NOT granted"
    return bool(db.execute(waiting).fetchall())
