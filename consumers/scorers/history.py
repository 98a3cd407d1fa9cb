"""What was sent lately, read from the ledger for the scorers."""

from __future__ import annotations

from collections.abc import Collection

from consumers.scorers import History, Sent
from consumers.scorers.reading import read
from consumers.scorers.sameness import COMPARED
from outbox.errors import BadArtifact
from outbox.intent import parse_artifact
from outbox.store import Connection, sql


class Past:
    """Remembers what it has read, so that each sent artifact is read once."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._known: dict[int, Sent] = {}

    def read(self, ids: Collection[int] = ()) -> History:
        """The last 500 mails that have left, the newest first.

        With them what the recipients of the intents `ids` had among their last 100 each.
        """
        latest: dict[int, Sent] = {}
        with self._connection.cursor() as cursor:
            # One at a time: 500 artifacts of 20 MB would not fit.
            for id, content in cursor.stream(
                sql("history"), {"known": [*self._known], "ids": [*ids]}
            ):
                latest[id] = _sent(id, content) if content is not None else self._known[id]
        self._known = latest
        return History(tuple(latest.values()))


def _sent(id: int, content: bytes) -> Sent:
    try:
        artifact = parse_artifact(content)
    except BadArtifact:  # foreign hands, or another version: it teaches nothing
        return Sent(id, frozenset(), "")
    return Sent(
        id,
        frozenset(one.lower() for one in artifact.recipients),
        read(artifact).seen[:COMPARED],
    )
