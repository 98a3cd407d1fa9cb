"""What Kafka has refused, and is not offered again for a while.

Only memory: the rows themselves stay in the queue, so nothing here can lose an event.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterable

from kafka.errors import (
    InvalidTopicError,
    KafkaTimeoutError,
    TopicAuthorizationFailedError,
    UnknownTopicOrPartitionError,
)

from schemas.events import StageEvent

HOLD = dt.timedelta(seconds=30)

_OF_THE_TOPIC = (
    InvalidTopicError,
    KafkaTimeoutError,  # raised by `send` only, for a topic without metadata
    TopicAuthorizationFailedError,
    UnknownTopicOrPartitionError,
)


class Held:
    """The topics and the intents that are passed over."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._until: dict[str | int, float] = {}

    def hold(self, event: StageEvent, refusal: BaseException) -> str | int:
        """Pass over what the refusal was about, the topic or the intent; say which."""
        ours = event.intent_id
        culprit = event.topic if isinstance(refusal, _OF_THE_TOPIC) else ours
        self._until[culprit] = self._clock() + HOLD.total_seconds()
        return culprit

    def passable(self, events: Iterable[StageEvent]) -> list[StageEvent]:
        """The events that may be offered: one held event holds its successors, too."""
        now = self._clock()
        self._until = {what: until for what, until in self._until.items() if until > now}
        behind: set[int] = set()
        offered = []
        for event in events:
            if {event.intent_id, event.topic} & self._until.keys():
                behind.add(event.intent_id)
            if event.intent_id not in behind:
                offered.append(event)
        return offered
