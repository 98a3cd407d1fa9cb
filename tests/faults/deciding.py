"""Several decisions at the same moment, each over a connection of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from outbox.errors import HoldshortError
from outbox.store import Connection, connect

TIMES = 20
Decision = Callable[[Connection], object]


def at_once(dsn: str, *decisions: Decision) -> list[type[HoldshortError]]:
    """Take them all at the same moment; give back how they were refused."""
    starting, refused = threading.Barrier(len(decisions)), list[type[HoldshortError]]()

    def take(decision: Decision) -> None:
        with connect(dsn, application="tests") as connection:
            starting.wait()
            try:
                decision(connection)
            except HoldshortError as refusal:
                refused.append(type(refusal))

    threads = [threading.Thread(target=take, args=(decision,)) for decision in decisions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused
