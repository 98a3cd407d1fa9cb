"""The bell: it may be wrong, late or silent; a stage looks all the same."""

from __future__ import annotations

import datetime as dt
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import pytest
from kafka import KafkaProducer

from consumers.wakeups import Bell, wakeups
from deploy.local.ports import free_port
from outbox.claim import SEND
from outbox.cluster import Cluster
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.store import Connection
from relay.topics import create_missing
from schemas.events import StageEvent, to_record, topic_of
from tests.parts.brokers import OwnBroker
from tests.parts.waiting import wait_until
from tests.relay.hearing import SOON
from tests.relay.moving import Mover
from tests.relay.running import relays

SUBMITTED = [topic_of(State.SUBMITTED)]
SECOND = dt.timedelta(seconds=1)
LONG = dt.timedelta(seconds=10)


@pytest.mark.kafka
def test_a_published_move_wakes_a_stage_within_a_second(
    dsn: str, db: Connection, kafka: str
) -> None:
    with (
        relays(dsn, kafka),
        Bell(Cluster(kafka), SUBMITTED) as one,
        Bell(Cluster(kafka), SUBMITTED) as other,
    ):
        wait_until(lambda: min(one.rings, other.rings) > 0, SOON, "both bells hang")
        heard = (one.rings, other.rings)
        Mover(db).propose()
        due = time.monotonic() + 1
        assert one.wait(heard[0], SECOND) > heard[0]
        assert other.wait(heard[1], SECOND) > heard[1], "every replica hears every move"
        assert time.monotonic() < due


def test_a_stage_without_kafka_wakes_by_its_timer() -> None:
    with Bell(Cluster(""), SUBMITTED) as bell:
        looks = wakeups(bell, dt.timedelta(milliseconds=50), threading.Event())
        assert len(list(islice(looks, 4))) == 4


@pytest.mark.kafka
def test_a_stage_whose_kafka_is_unreachable_wakes_by_its_timer() -> None:
    began = time.monotonic()
    with Bell(Cluster(f"127.0.0.1:{free_port()}"), SUBMITTED) as bell:
        looks = wakeups(bell, dt.timedelta(milliseconds=50), threading.Event())
        assert len(list(islice(looks, 4))) == 4
        assert time.monotonic() - began < 1


@pytest.mark.kafka
@pytest.mark.timeout(120)
def test_a_bell_rings_again_after_its_broker_came_back(
    dsn: str, db: Connection, own_kafka: OwnBroker
) -> None:
    create_missing(Cluster(own_kafka.bootstrap))
    with Bell(Cluster(own_kafka.bootstrap), SUBMITTED) as bell:
        wait_until(lambda: bell.rings > 0, SOON, "the bell hangs")
        own_kafka.kill()
        own_kafka.start()
        heard = bell.rings
        with relays(dsn, own_kafka.bootstrap):
            mover = Mover(db)

            def rung() -> bool:
                mover.propose()
                return bell.wait(heard, SECOND) > heard

            wait_until(rung, SOON, "the bell rings")


def test_a_ring_during_a_look_means_another_look() -> None:
    bell = Bell(Cluster(""), SUBMITTED)
    looks = wakeups(bell, LONG, threading.Event())
    next(looks)
    bell._ring()
    with ThreadPoolExecutor(1) as pool:
        pool.submit(next, looks).result(timeout=LONG.total_seconds() / 2)


def test_a_waiting_stage_notices_that_it_is_to_stop() -> None:
    stop = threading.Event()
    looks = wakeups(Bell(Cluster(""), SUBMITTED), LONG, stop)
    next(looks)
    with ThreadPoolExecutor(1) as pool:
        rest = pool.submit(list, looks)
        stop.set()
        assert rest.result(timeout=LONG.total_seconds() / 2) == []


@pytest.mark.kafka
def test_what_is_struck_while_everybody_is_at_work_rings_once_somebody_waits(
    db: Connection, kafka: str
) -> None:
    create_missing(Cluster(kafka))
    with Bell(Cluster(kafka), [topic_of(State.APPROVED)]) as bell:
        wait_until(lambda: bell.rings > 0, SOON, "the bell hangs")
        heard = bell.rings
        _forge(kafka, Mover(db).propose())
        assert bell.rings == heard, "nobody listens"
        assert bell.wait(heard, SOON) > heard, "and nothing is missed"


@pytest.mark.kafka
def test_a_forged_approval_on_the_topic_moves_nothing(db: Connection, kafka: str) -> None:
    create_missing(Cluster(kafka))
    id = Mover(db).propose()
    with Bell(Cluster(kafka), [topic_of(State.APPROVED)]) as bell:
        wait_until(lambda: bell.rings > 0, SOON, "the bell hangs")
        heard = bell.rings
        _forge(kafka, id)
        assert bell.wait(heard, SOON) > heard
    assert Ledger(db, worker="sender").claim(SEND) == []
    assert db.execute("SELECT state FROM outbox.intent").fetchall() == [("submitted",)]


def _forge(bootstrap: str, id: int) -> None:
    forged = StageEvent.model_validate(
        {
            **{"seq": 9**9, "intent_id": id, "version": 1, "digest": "d", "role": "human"},
            **{"state": "approved", "source": "in_review", "at": "2026-01-01T00:00:00Z"},
        }
    )
    record = to_record(forged)
    producer = KafkaProducer(bootstrap_servers=bootstrap)
    producer.send(record.topic, record.value, record.key, record.headers).get(5)
    producer.close(5)
