"""A consumer of one topic that notes when it heard what."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from confluent_kafka import Consumer, TopicPartition

from relay.topics import PARTITIONS

_GLANCE = 0.1


class Listener:
    """Reads all partitions, without a group; goes on where it was."""

    def __init__(self, bootstrap: str, topic: str) -> None:
        self._consumer = Consumer(
            {
                "bootstrap.servers": bootstrap,
                "group.id": "bench",  # a consumer has one; nothing is committed to it
                "enable.auto.commit": False,
                "fetch.wait.max.ms": 5,
            }
        )
        self._consumer.assign([TopicPartition(topic, n, 0) for n in range(PARTITIONS)])

    @contextmanager
    def hearing(self, done: threading.Event) -> Iterator[dict[int, float]]:
        """Listen until `done`: the number of each event, and the moment it was heard."""
        heard: dict[int, float] = {}
        listening = threading.Thread(target=self._listen, args=(heard, done), daemon=True)
        listening.start()
        try:
            yield heard
        finally:
            done.set()
            listening.join()

    def _listen(self, heard: dict[int, float], done: threading.Event) -> None:
        while not done.is_set():
            record = self._consumer.poll(_GLANCE)
            value = record.value() if record is not None and record.error() is None else None
            if value is not None:
                heard.setdefault(json.loads(value)["seq"], time.monotonic())

    def close(self) -> None:
        self._consumer.close()
