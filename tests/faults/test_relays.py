"""Kafka may hear it twice, or late, and replicas come and go: outcomes do not change."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from consumers import scoring
from consumers.scorers.history import Past
from consumers.scorers.rules import Rules
from consumers.wakeups import Bell, wakeups
from deploy.local.sink import MailSink
from deploy.local.stack import Stack
from deploy.supervisor import Supervisor
from outbox.cluster import Cluster
from outbox.failpoints import VARIABLE
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.store import Connection, connect
from outbox.work import work
from relay.topics import create_missing
from schemas.events import topic_of
from tests.crash.pipeline import PATIENCE
from tests.faults.sending import Interrupted, channel_to, sender, sender_over
from tests.parts import journey
from tests.parts.brokers import OwnBroker
from tests.parts.journey import state_of
from tests.parts.logins import logins_of
from tests.parts.panels import Here
from tests.parts.processes import descendants, listening_addresses
from tests.parts.waiting import wait_until
from tests.relay.hearing import SOON, ear
from tests.relay.moving import Mover
from tests.relay.running import relays

pytestmark = [
    pytest.mark.kafka,
    pytest.mark.filterwarnings("ignore:unclosed <socket:ResourceWarning"),
]


@pytest.fixture
def run(tmp_path: Path, dsn: str) -> Iterator[Supervisor]:
    """What starts a relay as a process; each test says where its broker is."""
    environment = Stack(dsn, "", "", None, None).environment(dsn)
    with Supervisor(tmp_path, environment, logins_of(dsn)) as supervisor:
        yield supervisor


@pytest.mark.fault("3 relay killed before it publishes")
def test_what_a_relay_had_in_hand_when_it_was_killed_is_published_by_another(
    dsn: str, db: Connection, kafka: str, run: Supervisor
) -> None:
    create_missing(Cluster(kafka))
    mover = Mover(db)
    for _ in range(3):
        mover.propose()
    seqs = mover.committed()

    doomed = run.start("relay", HOLDSHORT_KAFKA=kafka, **{VARIABLE: "before_record"})
    assert doomed.ended(PATIENCE)
    with ear(kafka, mover.trace) as heard:
        heard.listen_until_quiet()
        before, queued = heard.seqs(), mover.unpublished()
        with relays(dsn, kafka):
            heard.listen_until_it_hears(seqs)

    assert (before, queued) == (set(), seqs)
    assert heard.duplicates() == {}


def signalled(broker: OwnBroker, number: signal.Signals) -> None:
    """Signal whoever serves this broker's port; it runs below this process."""
    port = int(broker.bootstrap.rpartition(":")[2])
    serving = {
        pid
        for pid in descendants(os.getpid())
        if any(int(at.rpartition(":")[2], 16) == port for at in listening_addresses({pid}))
    }
    assert serving
    for pid in serving:
        os.kill(pid, number)


@pytest.mark.fault("3 publish outcome unknown")
@pytest.mark.timeout(120)
def test_what_a_hanging_broker_never_answered_is_published_again(
    dsn: str, db: Connection, own_kafka: OwnBroker, run: Supervisor
) -> None:
    create_missing(Cluster(own_kafka.bootstrap))
    mover = Mover(db)
    for _ in range(3):
        mover.propose()
    late = {VARIABLE: "before_record=sleep:1000"}

    relay = run.start("relay", HOLDSHORT_KAFKA=own_kafka.bootstrap, **late)
    relay.wait_until(lambda: "failpoint before_record" in relay.said(), PATIENCE)
    signalled(own_kafka, signal.SIGSTOP)
    relay.wait_until(lambda: "kafka down" in relay.said(), PATIENCE)
    queued = mover.unpublished()
    signalled(own_kafka, signal.SIGCONT)
    with ear(own_kafka.bootstrap, mover.trace) as heard:
        heard.listen_until_it_hears(mover.committed())
    wait_until(lambda: not mover.unpublished(), SOON, "the queue is empty")

    assert queued == mover.committed()


@pytest.fixture
def scorer(dsn: str, kafka: str) -> Iterator[Bell]:
    """A scorer that looks only when its bell rings."""
    create_missing(Cluster(kafka))
    stop = threading.Event()
    with (
        connect(dsn, application="tests") as connection,
        Bell(Cluster(kafka), [topic_of(State.SUBMITTED)]) as bell,
        ThreadPoolExecutor(1) as pool,
    ):
        ledger, past = Ledger(connection, worker="scorer-1"), Past(connection)
        rung = wakeups(bell, journey.HOUR, stop)
        done = pool.submit(work, lambda: scoring.look(ledger, Here(Rules()), past), rung, stop)
        wait_until(lambda: bell.rings > 0, SOON, "the bell hangs")
        yield bell
        stop.set()
        done.result()


@pytest.mark.fault("3 published twice")
def test_what_is_published_twice_is_scored_once(
    dsn: str, db: Connection, kafka: str, scorer: Bell
) -> None:
    mover = Mover(db)
    with relays(dsn, kafka), ear(kafka, mover.trace) as heard:
        for _ in range(3):
            mover.propose()
        wait_until(lambda: scores(db) == 3, SOON, "three scores")
        heard.listen_until_it_hears(once := mover.committed())
        rings = scorer.rings
        db.execute(
            "INSERT INTO outbox.unpublished SELECT intent_id % 16, seq FROM outbox.event"
        )
        wait_until(lambda: not mover.unpublished(), SOON, "all is published again")
        wait_until(lambda: scorer.rings > rings, SOON, "the bell rings again")
        heard.listen_until_quiet()

    assert heard.duplicates() == dict.fromkeys(once, 2)
    assert scores(db) == 3
    assert mover.committed() == once


def scores(db: Connection) -> int:
    [(count,)] = db.execute("SELECT count(*) FROM outbox.score").fetchall()
    return int(count)


@pytest.mark.fault("6 replicas come and go in mid-send")
def test_replicas_that_come_and_go_in_mid_send_take_nothing_away(
    dsn: str, db: Connection, kafka: str, sink: MailSink
) -> None:
    create_missing(Cluster(kafka))
    id = journey.approved(db).id
    journey.switch_on(db)
    looks: list[int] = []

    def others_come_and_go() -> None:
        looks.extend(one_comes_and_goes(dsn, kafka, sink) for _ in range(2))

    with Bell(Cluster(kafka), [topic_of(State.APPROVED)]):
        sender_over(Interrupted(channel_to(sink), before=others_come_and_go), db).look()

    assert looks == [0, 0]
    assert (state_of(db, id), len(sink.accepted())) == ("sent", 1)


def one_comes_and_goes(dsn: str, kafka: str, sink: MailSink) -> int:
    """How much a replica of the sender found to do."""
    with Bell(Cluster(kafka), [topic_of(State.APPROVED)]) as bell:
        wait_until(lambda: bell.rings > 0, SOON, "the bell hangs")
        with connect(dsn, application="tests") as connection:
            return sender(connection, sink).look()
