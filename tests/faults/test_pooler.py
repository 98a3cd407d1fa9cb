"""Through PgBouncer in transaction mode: every transaction may get another session."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest

from deploy.local.databases import temporary_database
from deploy.local.sink import MailSink
from deploy.watching import Counts, Watch
from outbox.desk import Desk
from outbox.errors import GateClosed
from outbox.failpoints import Point
from outbox.ledger import Ledger
from outbox.lifecycle import Role, State
from outbox.queries import reader
from outbox.store import Connection, connect
from relay.publishing import FENCE
from relay.publishing import sql as publishing
from schemas.migrate import upgrade
from schemas.revision import NEEDED
from tests.crash.pipeline import IN_FLIGHT, PATIENCE, Pipeline, pipeline_of
from tests.faults.sending import sender
from tests.parts import journey
from tests.parts.journey import HALF_A_MINUTE, SECOND, state_of
from tests.parts.pooler import SESSIONS, Pooler
from tests.parts.proxy import COMMIT, Cut, Proxy
from tests.parts.waiting import wait_until
from tests.relay.hearing import ear
from tests.relay.moving import Mover, many_writers
from tests.relay.running import relays

TIMES = 5
EVERYBODY = ("relay", "relay", "scorer", "router", "sender", "sender", "sweeper")
SERVED = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
LEFT_BEHIND = (
    "SELECT name FROM pg_prepared_statements"
    " UNION ALL SELECT name FROM pg_cursors"
    " UNION ALL SELECT pg_listening_channels()"
    " UNION ALL SELECT mode FROM pg_locks WHERE locktype = 'advisory'"
    " UNION ALL SELECT nspname FROM pg_namespace WHERE oid = pg_my_temp_schema()"
    " UNION ALL SELECT name FROM pg_settings WHERE source = 'session'"
    " AND name <> 'application_name'"  # the pooler carries it from client to client
)


@pytest.fixture
def pooler(own_room: Path, dsn: str) -> Iterator[Pooler]:
    with Pooler(own_room, dsn) as running:
        yield running


@pytest.fixture
def pooled(pooler: Pooler) -> Iterator[Connection]:
    """A client of the pooler, connected as our own code connects."""
    with connect(pooler.dsn, application="tests") as connection:
        yield connection


@pytest.fixture
def behind(
    tmp_path: Path, pooler: Pooler, pooled: Connection, kafka: str, sink: MailSink
) -> Iterator[Pipeline]:
    """A pipeline whose processes, and whose people, know the pooler only."""
    with pipeline_of(tmp_path, pooler.dsn, pooled, kafka, sink) as pipeline:
        yield pipeline


@pytest.fixture(params=["between client and pooler", "between pooler and server"])
def cutting(
    request: pytest.FixtureRequest, own_room: Path, dsn: str
) -> Iterator[tuple[Proxy, str]]:
    """What cuts, and the DSN that leads through it and through a pooler."""
    with contextlib.ExitStack() as parts:
        if request.param == "between client and pooler":
            pooler = parts.enter_context(Pooler(own_room, dsn))
            proxy = parts.enter_context(contextlib.closing(Proxy(pooler.dsn)))
            yield proxy, proxy.dsn
        else:
            proxy = parts.enter_context(contextlib.closing(Proxy(dsn)))
            yield proxy, parts.enter_context(Pooler(own_room, proxy.dsn)).dsn


def test_nothing_of_ours_stays_behind_in_a_session(dsn: str) -> None:
    with connect(dsn, application="tests") as shared:
        for _ in range(7):  # psycopg prepares what it has seen five times
            ledger = Ledger(shared, worker="worker-1")
            claim = journey.permitted(shared, ledger)
            ledger.renew([claim.fence], HALF_A_MINUTE)
            ledger.settle(claim, State.SENT, by=Role.SENDER, kind="sent", evidence={})
            ledger.sweep()
            ledger.expire()
            shared.execute(publishing("claim"), {"shards": 8, "per_shard": 1, "fence": FENCE})

        assert shared.execute(LEFT_BEHIND).fetchall() == []


@pytest.mark.kafka
def test_the_whole_journey_of_many_clients_goes_through_few_sessions(
    behind: Pipeline, db: Connection
) -> None:
    for role in EVERYBODY:
        behind.run.start(role)
    journey.switch_on(behind.db)

    behind.propose(40)
    behind.decidable()
    behind.approve_all()
    counts = behind.settled()
    behind.published()

    assert counts[State.SENT] == 40
    assert len(set(behind.delivered())) == len(behind.delivered()) == 40
    assert sessions_of(db) <= SESSIONS


@pytest.mark.kafka
def test_relays_behind_a_pooler_keep_the_order_and_publish_nothing_twice(
    dsn: str, db: Connection, pooler: Pooler, kafka: str
) -> None:
    mover = Mover(db)

    with relays(pooler.dsn, kafka, count=2), ear(kafka, mover.trace) as heard:
        many_writers(dsn, mover, intents=20, rounds=50)
        heard.listen_until_it_hears(mover.committed())

    assert heard.out_of_order() == []
    assert heard.duplicates() == {}


@pytest.mark.parametrize(("cut", "mails"), [(Cut.AFTER, TIMES), (Cut.BEFORE, 0)])
def test_an_unknown_commit_is_found_out_through_a_pooler(
    db: Connection, cutting: tuple[Proxy, str], sink: MailSink, cut: Cut, mails: int
) -> None:
    proxy, way = cutting
    journey.switch_on(db)
    for _ in range(TIMES):
        journey.approved(db)
        with connect(way, application="tests") as connection:
            proxy.cut(cut, COMMIT)
            sender(connection, sink, dsn=way).look()

    attempts = db.execute("SELECT FROM outbox.attempt").fetchall()
    assert proxy.cuts == TIMES
    assert len(attempts) == len(sink.accepted()) == mails


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


def test_a_sender_behind_a_pooler_killed_after_its_permit_strands(
    behind: Pipeline, db: Connection
) -> None:
    for _ in range(2):
        journey.approved(db)
    journey.switch_on(db)
    assert behind.doomed_sender(Point.AFTER_PERMIT).ended(HALF_A_MINUTE)

    behind.run.start("sweeper")
    behind.run.start("sender")
    counts = behind.settled()

    assert (counts[State.STRANDED], counts[State.SENT]) == (1, 1)
    assert len(behind.delivered()) == 1


def test_a_pooler_that_dies_in_mid_run_loses_nothing_and_sends_nothing_twice(
    tmp_path: Path, pooler: Pooler, db: Connection, dsn: str, sink: MailSink
) -> None:
    for _ in range(60):
        journey.approved(db)
    with pipeline_of(tmp_path, pooler.dsn, db, "", sink) as pipeline:
        pipeline.watch = Watch(reader(dsn), PATIENCE)  # it must not die along
        for role in ("sweeper", "sender", "sender"):
            pipeline.up(pipeline.run.start(role))
        journey.switch_on(db)

        for sent in (10, 20, 30):
            pipeline.supervised(partial(are_sent, sent), f"{sent} are sent")
            pooler.kill()
            pooler.start()
        pipeline.supervised(nothing_is_in_flight, "all is settled")
        counts, delivered = pipeline.watch.counts(), pipeline.delivered()

    assert counts[State.SENT] + counts[State.STRANDED] == 60
    assert len(set(delivered)) == len(delivered)
    assert counts[State.SENT] <= len(delivered) <= 60


def test_a_database_is_migrated_through_a_pooler_and_again(
    server_dsn: str, own_room: Path
) -> None:
    with temporary_database(server_dsn) as empty, Pooler(own_room, empty) as pooler:
        revisions = [upgrade(pooler.dsn) for _ in range(2)]

        with connect(pooler.dsn, application="tests") as pooled:
            left_behind = pooled.execute(LEFT_BEHIND).fetchall()

    assert revisions == [NEEDED, NEEDED]
    assert left_behind == []


def are_sent(count: int, counts: Counts) -> bool:
    return counts[State.SENT] >= count


def nothing_is_in_flight(counts: Counts) -> bool:
    return not any(counts[state] for state in IN_FLIGHT)


def sessions_of(db: Connection) -> int:
    """How many sessions others have on this database."""
    [(count,)] = db.execute(SERVED).fetchall()
    return int(count)


def waits_for_the_switch(db: Connection) -> bool:
    waiting = "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"
    return bool(db.execute(waiting).fetchall())
