"""What is in Kafka: read from the beginning, without a group and without watermarks."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

from kafka import KafkaConsumer, TopicPartition
from kafka.errors import KafkaError

from schemas.events import TOPICS, StageEvent, from_record
from tests.parts.waiting import wait_until

SOON = dt.timedelta(seconds=30)


@dataclass
class Ear:
    """Hears the events of one trace on all topics."""

    consumer: Any
    trace: str
    heard: list[tuple[TopicPartition, StageEvent]] = field(default_factory=list)

    def listen(self) -> bool:
        """Take what is there; whether there was anything."""
        found = self.consumer.poll(timeout_ms=100)
        for partition, records in found.items():
            for record in records:
                event = from_record(record.value)
                if event is not None and event.traceparent == self.trace:
                    self.heard.append((partition, event))
        return bool(found)

    def listen_until_it_hears(self, seqs: set[int], within: dt.timedelta = SOON) -> None:
        def all_heard() -> bool:
            self.listen()
            return seqs <= self.seqs()

        wait_until(all_heard, within, f"{len(seqs)} events in Kafka")
        self.listen_until_quiet()

    def listen_until_quiet(self) -> None:
        """Until nothing has come for half a second: what is twice is here twice."""
        quiet_at = time.monotonic() + 0.5
        while time.monotonic() < quiet_at:
            if self.listen():
                quiet_at = time.monotonic() + 0.5

    def seqs(self) -> set[int]:
        return {event.seq for _, event in self.heard}

    def duplicates(self) -> dict[int, int]:
        """How often it heard what it heard more than once."""
        counted = Counter(event.seq for _, event in self.heard)
        return {seq: times for seq, times in counted.items() if times > 1}

    def out_of_order(self) -> list[int]:
        """Events first heard after a later one of the same intent and topic."""
        last: dict[tuple[TopicPartition, int], int] = {}
        seen: set[int] = set()
        late = []
        for partition, event in self.heard:
            place = (partition, event.intent_id)
            if event.seq not in seen and event.seq < last.get(place, 0):
                late.append(event.seq)
            seen.add(event.seq)
            last[place] = max(event.seq, last.get(place, 0))
        return late


@contextmanager
def ear(bootstrap: str, trace: str) -> Iterator[Ear]:
    """An ear on every partition of every topic; waits for the topics first."""
    consumer = KafkaConsumer(
        bootstrap_servers=bootstrap,
        group_id=None,
        auto_offset_reset="earliest",
        allow_auto_create_topics=False,
    )
    try:
        wait_until(_all_there(consumer), SOON, "all topics are there")
        consumer.assign(
            [TopicPartition(t, p) for t in TOPICS for p in consumer.partitions_for_topic(t)]
        )
        consumer.seek_to_beginning()
        yield Ear(consumer, trace)
    finally:
        consumer.close()


def _all_there(consumer: Any) -> Callable[[], bool]:
    """A cluster that has just been stopped may have no brokers for a moment."""

    def all_there() -> bool:
        with suppress(KafkaError):
            return all(consumer.partitions_for_topic(topic) for topic in TOPICS)
        return False

    return all_there
