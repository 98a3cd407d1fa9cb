"""The way out to Kafka: a producer that is thrown away as soon as it has failed.

What a producer does after its first failure depends on how it failed; a fresh one starts
from what is in the queue.  So a producer that has failed is never used again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, Protocol

from confluent_kafka import KafkaError
from confluent_kafka import Producer as KafkaProducer

from outbox.cluster import Cluster
from outbox.failpoints import Point, reach
from outbox.metrics import PRODUCER_REBUILDS
from relay.reaching import PATIENCE, Said
from relay.topics import create_missing

DELIVERY = dt.timedelta(seconds=15)
"""How long one record may wait for its acknowledgement."""

Answer = Callable[[KafkaError | None, Any], None]
"""Told once what became of a record: no error is its acknowledgement."""


class Producer(Protocol):
    """The two methods of `confluent_kafka.Producer` that publishing needs."""

    def produce(
        self,
        topic: str,
        value: bytes,
        key: bytes,
        *,
        headers: list[tuple[str, bytes]],
        on_delivery: Answer,
    ) -> None: ...

    def flush(self, timeout: float) -> int: ...


class Outlet:
    """Holds the producer in use.  Not for sharing between threads."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._producer: Any = None

    def __enter__(self) -> Outlet:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def producer(self) -> Producer:
        """The producer in use; `open` comes first."""
        assert self._producer is not None
        producer: Producer = self._producer
        return producer

    def open(self) -> None:
        """Build a fresh producer, and the topics that are missing.

        Raises `DependencyDown` if Kafka does not answer.
        """
        self.close()
        self._producer = _build(self._cluster)
        reach(Point.BEFORE_TOPICS)
        create_missing(self._cluster)
        reach(Point.AFTER_TOPICS)

    def rebuild(self) -> None:
        """Throw the producer away and `open` again."""
        reach(Point.BEFORE_REBUILD)
        PRODUCER_REBUILDS.inc()
        self.open()
        reach(Point.AFTER_REBUILD)

    def close(self) -> None:
        """End the producer; what it has not sent is not sent any more."""
        producer, self._producer = self._producer, None
        if producer is not None:
            producer.purge()
            producer.close(0)


def _build(cluster: Cluster) -> KafkaProducer:
    patience = int(PATIENCE.total_seconds() * 1000)
    settings: dict[str, Any] = {
        "client.id": "holdshort-relay",
        "enable.idempotence": True,
        "acks": "all",
        "partitioner": "murmur2_random",  # as clients in other languages: order rests on it
        "linger.ms": 20,  # a flush does not wait for it
        "batch.size": 256 * 1024,
        "socket.timeout.ms": patience,
        "delivery.timeout.ms": int(DELIVERY.total_seconds() * 1000),
        "topic.metadata.propagation.max.ms": patience,
        "allow.auto.create.topics": False,
    }
    said = Said(cluster)
    producer = said.client(KafkaProducer, settings)
    said.topics(producer)
    return producer
