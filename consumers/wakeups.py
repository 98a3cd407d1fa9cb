"""The bell: a Kafka record, or a tick of the clock, says "look again".

What a record says is not even read: lost, doubled, late, forged or replayed, it can do
nothing but wake a stage that then finds in the database what there is to do.  Without
Kafka there are the ticks alone.  Every replica hears every ring: there is no consumer
group, so nothing rebalances and no offset is kept.
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Protocol

import structlog
from kafka import TopicPartition
from kafka.errors import KafkaError

from consumers.reaching import consumer, knock
from outbox.cluster import Cluster
from outbox.errors import BadSettings
from outbox.failpoints import Point, reach

log = structlog.get_logger()

_LISTEN = dt.timedelta(milliseconds=500)
"""How long one poll waits for a record; also how soon the thread notices its end."""

_REST = dt.timedelta(milliseconds=50)
"""A bell that is struck again and again rings this often: each replica hears every record."""

_MEND = dt.timedelta(seconds=1)
_STOP = dt.timedelta(milliseconds=250)
"""How soon a waiting stage notices that it is to stop."""

_HEARING = {
    "client_id": "holdshort-bell",
    "group_id": None,
    "enable_auto_commit": False,
    "auto_offset_reset": "latest",
    "allow_auto_create_topics": False,
    "bootstrap_timeout_ms": 5_000,
    "request_timeout_ms": 5_000,
    "reconnect_backoff_max_ms": 1_000,
}


class Consumer(Protocol):
    """The methods of `kafka.KafkaConsumer` that a bell needs."""

    def partitions_for_topic(self, topic: str) -> set[int] | None: ...

    def assign(self, partitions: list[TopicPartition]) -> None: ...

    def seek_to_end(self) -> None: ...

    def position(self, partition: TopicPartition, timeout_ms: int) -> int | None: ...

    def poll(self, timeout_ms: int) -> dict[TopicPartition, list[object]]: ...


class Bell:
    """Rings for every record on some topics; silent, and never in the way, without Kafka.

    Where `cluster` names no broker there is no Kafka.
    Without topics there is nothing to hear.
    The consumer lives in a thread of its own: nothing here ever blocks or fails a stage.
    """

    def __init__(self, cluster: Cluster, topics: Sequence[str]) -> None:
        self._cluster = cluster
        self._topics = topics
        self._listens = bool(cluster and topics)
        self._rings = self._waiting = 0
        self._rung = threading.Condition()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._live, name="holdshort-bell", daemon=True)

    def __enter__(self) -> Bell:
        if self._listens:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        if self._listens:
            self._thread.join(timeout=10 * _LISTEN.total_seconds())

    @property
    def rings(self) -> int:
        """How often it has rung."""
        return self._rings

    def wait(self, heard: int, timeout: dt.timedelta) -> int:
        """Wait until it has rung more than `heard` times, or `timeout`; give back `rings`."""
        with self._rung:
            self._waiting += 1
            self._rung.notify_all()
            self._rung.wait_for(lambda: self._rings > heard, timeout.total_seconds())
            self._waiting -= 1
            return self._rings

    def _live(self) -> None:
        down = False
        while not self._closing.is_set():
            try:
                knock(self._cluster)  # a client would wait in vain, and could not say why
                reach(Point.BELL_REACHED)
                known = self._cluster.secrets()
                with closing(consumer(self._cluster, **_HEARING)) as ear:
                    self._listen(ear, known)
                    down = False
            except (KafkaError, BadSettings, OSError, ValueError) as error:
                if not down:
                    log.warning("bell silent", error=str(error))
                down = True
            self._closing.wait(_MEND.total_seconds())

    def _listen(self, consumer: Consumer, known: bytes) -> None:
        """Ring until the end, or until the secrets are others: its client never gives up the
        old ones.  Come back at once where a topic is not there yet."""
        found = [(topic, consumer.partitions_for_topic(topic)) for topic in self._topics]
        if not all(partitions for _, partitions in found):
            return
        heard = [TopicPartition(t, p) for t, numbers in found for p in numbers or ()]
        consumer.assign(heard)
        consumer.seek_to_end()
        for one in heard:  # asked, since else the end is looked for with the first poll
            consumer.position(one, timeout_ms=_milliseconds(_LISTEN))
        log.info("bell hung", topics=len(found))
        reach(Point.BELL_HUNG)
        self._ring()  # for what came before we listened
        while not self._closing.is_set() and self._cluster.secrets() == known:
            if self._is_awaited() and consumer.poll(timeout_ms=_milliseconds(_LISTEN)):
                reach(Point.BELL_STRUCK)
                self._ring()
                self._closing.wait(_REST.total_seconds())

    def _is_awaited(self) -> bool:
        """Who is at work looks again by itself: what is struck meanwhile is heard later."""
        with self._rung:
            return self._rung.wait_for(lambda: self._waiting > 0, _LISTEN.total_seconds())

    def _ring(self) -> None:
        with self._rung:
            self._rings += 1
            self._rung.notify_all()


def wakeups(bell: Bell, every: dt.timedelta, stop: threading.Event) -> Iterator[None]:
    """Yield at once, then after each ring or after `every`, until `stop` is set."""
    while not stop.is_set():
        heard = bell.rings  # before the look: a ring during it means another look
        yield
        due = time.monotonic() + every.total_seconds()
        while not stop.is_set() and bell.rings == heard:
            left = dt.timedelta(seconds=due - time.monotonic())
            if left <= dt.timedelta(0):
                break
            bell.wait(heard, min(left, _STOP))


def _milliseconds(time: dt.timedelta) -> int:
    return round(time.total_seconds() * 1000)
