"""The way out to Kafka: its topics, its producer's end, and the transaction beside it."""

from __future__ import annotations

import time
from datetime import timedelta
from functools import partial

import pytest
from confluent_kafka import KafkaError
from kafka import KafkaAdminClient
from psycopg.conninfo import make_conninfo

from outbox.cluster import Cluster
from outbox.store import Connection, call, connect
from relay.producer import Outlet
from relay.publishing import FENCE
from relay.topics import PARTITIONS, create_missing
from schemas.events import TOPICS
from tests.parts.brokers import OwnBroker

SECONDS = 5.0


@pytest.mark.kafka
def test_missing_topics_are_created_and_others_left_alone(own_kafka: OwnBroker) -> None:
    for _ in range(2):
        create_missing(Cluster(own_kafka.bootstrap))
    admin = KafkaAdminClient(bootstrap_servers=own_kafka.bootstrap)
    described = admin.describe_topics(list(TOPICS))
    admin.close()
    assert {topic["name"]: len(topic["partitions"]) for topic in described} == (
        dict.fromkeys(TOPICS, PARTITIONS)
    )


@pytest.mark.kafka
def test_an_outlet_closes_at_once_although_kafka_is_gone(own_kafka: OwnBroker) -> None:
    answers: list[KafkaError | None] = []

    def answer(error: KafkaError | None, _: object) -> None:
        answers.append(error)

    with Outlet(Cluster(own_kafka.bootstrap)) as outlet:
        produce = partial(outlet.producer.produce, TOPICS[0], b"v", b"k", headers=[])
        produce(on_delivery=answer)
        assert outlet.producer.flush(SECONDS) == 0
        own_kafka.kill()
        produce(on_delivery=answer)
        began = time.monotonic()
    assert time.monotonic() - began < SECONDS
    assert [error is None for error in answers] == [True, False], "the second was never taken"


@pytest.mark.own_session("it says what a session begins with")
def test_the_relay_reads_committed_rows_whatever_the_server_prefers(dsn: str) -> None:
    stricter = make_conninfo(dsn, options="-c default_transaction_isolation=serializable")
    with connect(stricter, application="tests") as connection, connection.transaction():
        row = connection.execute("SELECT current_setting('transaction_isolation')").fetchone()
    assert row == ("read committed",)


def test_the_server_takes_the_shards_back_from_a_relay_that_hangs(db: Connection) -> None:
    asked = "SELECT current_setting('idle_in_transaction_session_timeout')::interval"
    with db.transaction():
        call(db, "claim_unpublished", shards=1, per_shard=1, fence=FENCE)
        meanwhile = db.execute(asked).fetchone()
    assert meanwhile == (FENCE,)
    assert db.execute(asked).fetchone() == (timedelta(0),), "the session keeps nothing of it"
