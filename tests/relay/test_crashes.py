"""Whatever dies, no event is lost, and what is down comes back without help."""

from __future__ import annotations

import datetime as dt
import threading

import psycopg
import pytest

from deploy.local.ports import free_port
from deploy.stages import publishing
from outbox.cluster import Cluster
from outbox.errors import DependencyDown
from outbox.store import Connection
from tests.parts.brokers import OwnBroker
from tests.parts.waiting import wait_until
from tests.relay.hearing import SOON, ear
from tests.relay.moving import Mover
from tests.relay.running import relay_process, relays

pytestmark = pytest.mark.kafka

OUTAGE_NOTICED = dt.timedelta(seconds=40)


@pytest.mark.fault("3 relay killed before it marks")
def test_a_relay_killed_before_its_commit_publishes_twice_and_loses_nothing(
    dsn: str, db: Connection, kafka: str
) -> None:
    mover = Mover(db)
    for _ in range(3):
        mover.propose()
    seqs = mover.committed()
    # Whoever holds the rows keeps the relay from deleting them: Kafka has the events,
    # and the relay waits just before its commit.
    with psycopg.connect(dsn) as holder, relay_process(dsn, kafka) as doomed:
        holder.execute("SELECT FROM outbox.unpublished FOR UPDATE")
        with ear(kafka, mover.trace) as heard:
            heard.listen_until_it_hears(seqs)
        doomed.kill()
        doomed.wait()
    assert mover.unpublished() == seqs
    with relays(dsn, kafka), ear(kafka, mover.trace) as heard:
        wait_until(lambda: not mover.unpublished(), SOON, "the queue is empty")
        heard.listen_until_it_hears(seqs)
    assert heard.duplicates() == dict.fromkeys(seqs, 2)
    assert heard.out_of_order() == []


@pytest.mark.fault("5 broker restarted")
@pytest.mark.timeout(180)
def test_a_broker_that_dies_and_comes_back_gets_everything(
    dsn: str, db: Connection, own_kafka: OwnBroker
) -> None:
    mover = Mover(db)
    with relays(dsn, own_kafka.bootstrap):
        mover.propose()
        with ear(own_kafka.bootstrap, mover.trace) as before:
            before.listen_until_it_hears(mover.committed())
        own_kafka.kill()
        mover.propose()
        wait_until(lambda: _relay_is(db, "idle in transaction"), SOON, "it tries")
        wait_until(lambda: not _relay_is(db, "idle in transaction"), OUTAGE_NOTICED, "noticed")
        assert not any(_looks(db)), "a transaction was open while Kafka was down"
        assert len(mover.unpublished()) == 1
        own_kafka.start()
        with ear(own_kafka.bootstrap, mover.trace) as after:
            after.listen_until_it_hears(mover.unpublished())
            wait_until(lambda: not mover.unpublished(), SOON, "the queue is empty")
    assert before.seqs() | after.seqs() == mover.committed()


def test_a_relay_that_finds_no_kafka_at_its_start_says_so(dsn: str) -> None:
    nobody = f"127.0.0.1:{free_port()}"
    with pytest.raises(DependencyDown, match=f"no Kafka at {nobody}") as refusal:
        publishing(dsn, Cluster(nobody), threading.Event())
    assert "HOLDSHORT_KAFKA" in refusal.value.hint


@pytest.mark.own_session("it ends sessions by the name of their client")
def test_a_relay_goes_on_after_its_database_was_lost(
    dsn: str, db: Connection, kafka: str
) -> None:
    mover = Mover(db)
    with relays(dsn, kafka), ear(kafka, mover.trace) as heard:
        mover.propose()
        heard.listen_until_it_hears(mover.committed())
        _end_relays(db)
        mover.propose()
        heard.listen_until_it_hears(mover.committed())


def _relay_is(db: Connection, state: str) -> bool:
    return bool(
        db.execute(
            "SELECT FROM pg_stat_activity WHERE application_name = 'holdshort-relay'"
            " AND datname = current_database() AND state = %s",
            (state,),
        ).fetchall()
    )


def _looks(db: Connection) -> list[bool]:
    """Whether a transaction was open, at fifty moments of a second."""
    moment = threading.Event()
    looks = []
    for _ in range(50):
        looks.append(_relay_is(db, "idle in transaction"))
        moment.wait(0.02)
    return looks


def _end_relays(db: Connection) -> None:
    db.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE application_name = 'holdshort-relay' AND datname = current_database()"
    )
