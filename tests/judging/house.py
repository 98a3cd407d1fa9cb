"""The hooks of a house, as it installs them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from outbox.intent import Artifact


class Prices:
    """The subject says whether they have changed."""

    def stale(self, artifact: Artifact) -> Iterable[str]:
        return ("the price has changed",) if "price" in artifact.title else ()


class Mailbox:
    """The subject says whether its thread went on: an hour ago, or an hour from now."""

    def last(self, artifact: Artifact) -> dt.datetime | None:
        hours = 1 if "went on" in artifact.title else -1
        return dt.datetime.now(dt.UTC) + dt.timedelta(hours=hours)
