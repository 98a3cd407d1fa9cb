"""A console that really runs, on loopback, with somebody signed in."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from typing import Any

from consumers.console.app import application
from consumers.console.parts import Parts
from consumers.console.people import Person
from consumers.console.signin.ways import Ways
from deploy.serving import listening, port_of, serve
from outbox import queries
from outbox.epoch import Site
from outbox.store import connect
from schemas.receipts.keys import Signer
from tests.parts.journey import HOUR


@contextmanager
def console(
    dsn: str,
    *,
    person: str | None = "ada",
    signer: Signer | None = None,
    ways: Callable[[str], Ways] = lambda _: Ways(),
    **change: Any,
) -> Iterator[str]:
    """Where it is, as long as the block lasts."""
    stop = threading.Event()
    with listening("127.0.0.1:0", setting="tests") as listener:
        origin = f"http://localhost:{port_of(listener)}"
        parts = {
            "reads": queries.reader(dsn),
            "writing": lambda: closing(connect(dsn, application="tests")),
            "who": lambda _: somebody(person) if person else None,
            "ways": ways(origin),
            "origin": origin,
            "approvals": "signed" if signer else "named",
            "signer": signer,
            "valid_for": HOUR,
            "hold": dt.timedelta(0),
            "review_below": 0.7,
            "site": Site(),
            "stop": stop,
        }
        app = application(Parts(**{**parts, **change}))
        thread = threading.Thread(target=serve, args=(app, listener, stop))
        thread.start()
        try:
            yield origin
        finally:
            stop.set()
            thread.join()


def somebody(name: str) -> Person:
    """Signed in just now."""
    return Person(name=name, session=1, fresh_at=dt.datetime.now(dt.UTC))
