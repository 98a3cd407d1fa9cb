"""Stop trusting a destination for a while after its TLS or its login failed."""

from __future__ import annotations

import datetime as dt
import time

import structlog

from outbox import metrics

log = structlog.get_logger()


class Halt:
    """Whether a channel's destination is halted; shared by the threads of one sender."""

    def __init__(self, channel: str, pause: dt.timedelta) -> None:
        self._channel = channel
        self.pause = pause
        self._until = 0.0

    def begin(self, reason: str) -> None:
        """Claim nothing for it until the pause is over; the next claim is the probe."""
        self._until = time.monotonic() + self.pause.total_seconds()
        metrics.DESTINATION_HALTED.labels(channel=self._channel).set(1)
        log.error("destination halted", channel=self._channel, why=reason)

    def end(self) -> None:
        """It took something again."""
        self._until = 0.0
        metrics.DESTINATION_HALTED.labels(channel=self._channel).set(0)

    def __bool__(self) -> bool:
        return time.monotonic() < self._until
