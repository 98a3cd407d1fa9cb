"""The way out to Kafka: a producer that is thrown away as soon as it has failed.

One record that the broker refuses poisons an idempotent kafka-python producer: every
later send of innocent records fails with the same error.  So a producer that has failed
is never used again.
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any, Protocol

import kafka.producer.kafka
import structlog
from kafka import KafkaProducer
from kafka.errors import KafkaError, KafkaTimeoutError

from outbox.errors import DependencyDown
from outbox.failpoints import Point, reach
from outbox.metrics import PRODUCER_REBUILDS
from relay.topics import create_missing

log = structlog.get_logger()

DELIVERY = dt.timedelta(seconds=15)
"""How long one record may wait for its acknowledgement."""

_CLOSE = dt.timedelta(seconds=2)


class Acknowledgement(Protocol):
    """The part of kafka-python's future that we read, after a flush."""

    exception: BaseException | None

    def succeeded(self) -> bool: ...


class Producer(Protocol):
    """The three methods of `kafka.KafkaProducer` that publishing needs."""

    def send(
        self, topic: str, value: bytes, key: bytes, headers: list[tuple[str, bytes]]
    ) -> Acknowledgement: ...

    def flush(self, timeout: float | None = None) -> None: ...

    def close(self, timeout: float | None = None) -> None: ...


class Outlet:
    """Holds the producer in use.  Not for sharing between threads."""

    def __init__(self, bootstrap: str) -> None:
        self._bootstrap = bootstrap
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
        self._producer = _build(self._bootstrap)
        reach(Point.BEFORE_TOPICS)
        create_missing(self._bootstrap)
        reach(Point.AFTER_TOPICS)

    def rebuild(self) -> None:
        """Throw the producer away and `open` again."""
        reach(Point.BEFORE_REBUILD)
        PRODUCER_REBUILDS.inc()
        self.open()
        reach(Point.AFTER_REBUILD)

    def close(self) -> None:
        """Stop the producer's thread, whatever state it is in."""
        producer, self._producer = self._producer, None
        if producer is not None:
            _close(producer)


def _build(bootstrap: str) -> KafkaProducer:
    try:
        producer = KafkaProducer(
            bootstrap_servers=bootstrap.split(","),
            client_id="holdshort-relay",
            enable_idempotence=True,  # said aloud: a conflict then raises, else it is off
            acks="all",
            linger_ms=20,
            batch_size=256 * 1024,
            max_in_flight_requests_per_connection=5,
            request_timeout_ms=5_000,
            delivery_timeout_ms=int(DELIVERY.total_seconds() * 1000),
            max_block_ms=5_000,
            bootstrap_timeout_ms=5_000,
            allow_auto_create_topics=False,
        )
    except (KafkaError, OSError, ValueError) as error:
        raise DependencyDown(
            f"no Kafka at {bootstrap}: {error}",
            hint="set HOLDSHORT_KAFKA (or --kafka) to a running broker, or: holdshort up",
        ) from error
    # Collecting any old producer silences this logger for the whole process.
    kafka.producer.kafka.log = logging.getLogger("kafka.producer.kafka")
    return producer


def _close(producer: Any) -> None:
    try:
        producer.close(_CLOSE.total_seconds())
    except KafkaTimeoutError:
        # It gives up in its own flush and leaves its thread running.
        producer._sender.force_close()
        log.warning("producer closed by force")
