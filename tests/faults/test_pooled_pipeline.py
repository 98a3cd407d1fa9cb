"""The pipeline behind PgBouncer in transaction mode, in real processes."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from deploy.local.sink import MailSink
from deploy.watching import Counts, Watch
from outbox.failpoints import Point
from outbox.lifecycle import State
from outbox.queries import reader
from outbox.store import Connection
from tests.crash.pipeline import IN_FLIGHT, PATIENCE, Pipeline, pipeline_of
from tests.parts import journey
from tests.parts.journey import HALF_A_MINUTE
from tests.parts.pooler import SESSIONS, Pooler
from tests.relay.hearing import ear
from tests.relay.moving import Mover, many_writers
from tests.relay.running import relays

EVERYBODY = ("relay", "relay", "scorer", "router", "sender", "sender", "sweeper")
SERVED = (
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND backend_type = 'client backend'"
)


@pytest.fixture
def behind(
    tmp_path: Path, pooler: Pooler, pooled: Connection, kafka: str, sink: MailSink
) -> Iterator[Pipeline]:
    """A pipeline whose processes, and whose people, know the pooler only."""
    with pipeline_of(tmp_path, pooler.dsn, pooled, kafka, sink) as pipeline:
        yield pipeline


@pytest.mark.fault("19 PgBouncer by transaction")
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


@pytest.mark.fault("19 PgBouncer by transaction")
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


@pytest.mark.fault("19 PgBouncer by transaction")
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


@pytest.mark.fault("19 PgBouncer by transaction")
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


def are_sent(count: int, counts: Counts) -> bool:
    return counts[State.SENT] >= count


def nothing_is_in_flight(counts: Counts) -> bool:
    return not any(counts[state] for state in IN_FLIGHT)


def sessions_of(db: Connection) -> int:
    """How many sessions others have on this database."""
    [(count,)] = db.execute(SERVED).fetchall()
    return int(count)
