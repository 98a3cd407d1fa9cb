"""What Kafka has refused, and is not offered again for a while.

Only memory: the rows themselves stay in the queue, so nothing here can lose an event.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

from confluent_kafka import KafkaError

from schemas.events import Logged

HOLD = dt.timedelta(seconds=30)

_OF_THE_TOPIC = (
    KafkaError.TOPIC_AUTHORIZATION_FAILED,
    KafkaError.TOPIC_EXCEPTION,
    KafkaError.UNKNOWN_TOPIC_OR_PART,
    KafkaError._UNKNOWN_PARTITION,
    KafkaError._UNKNOWN_TOPIC,
)


class Held:
    """The topics and the intents that are passed over."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[str | int, float] = {}

    def hold(self, event: Logged, refusal: KafkaError) -> str | int:
        """Pass over what the refusal was about, the topic or the intent; say which."""
        ours = event.intent_id
        culprit = event.topic if refusal.code() in _OF_THE_TOPIC else ours
        self._until[culprit] = self._clock() + HOLD.total_seconds()
        return culprit

    def passable(self, events: list[Logged]) -> list[Logged]:
        """The events that may be offered: one held event holds its successors, too."""
        now = self._clock()
        self._until = {what: until for what, until in self._until.items() if until > now}
        if not self._until:
            return events
        behind: set[int] = set()
        offered = []
        for event in events:
            if {event.intent_id, event.topic} & self._until.keys():
                behind.add(event.intent_id)
            if event.intent_id not in behind:
                offered.append(event)
        return offered
