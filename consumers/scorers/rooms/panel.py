"""All scorers that judge, each in its room: what they say of one claim, side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Self

from consumers.scorers import History, known
from consumers.scorers.rooms.room import Room
from outbox.claim import Claim
from outbox.results import Score


class Rooms:
    """The panel of a scoring process.  Not for sharing between threads."""

    def __init__(self, scorers: Sequence[str], patience: dt.timedelta) -> None:
        """`patience` is what each may take for one mail.

        Raises `BadSettings` if one of them is not installed.
        """
        known.check(scorers)
        self._rooms = [Room(name, patience) for name in scorers]
        self._threads = ThreadPoolExecutor(len(self._rooms), "room")

    def judge(self, claim: Claim, history: History, until: float) -> tuple[Score, ...]:
        """What each of them thinks of it; whoever fails says nothing, and holds it."""
        asked = self._threads.map(lambda room: room.ask(claim, history, until), self._rooms)
        return tuple(asked)

    def close(self) -> None:
        """End all that they have started; who is asked again begins anew."""
        for room in self._rooms:
            room.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._threads.shutdown()
        self.close()
