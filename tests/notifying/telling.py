"""One look of a notifier over every way that a file names."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from pathlib import Path

from consumers.notifying.telling import LEASE, Telling
from consumers.notifying.ways import legs_of
from outbox import Intent
from outbox.ledger import Ledger
from outbox.notices import Teller
from outbox.store import Connection, connect
from tests.parts import journey
from tests.parts.catcher import Catcher

CONSOLE = "https://console.example"


def look(login: str, file: Path) -> int:
    """Tell what there is to tell, over each way once; give back how much that was."""
    with closing(connect(login, application="tests")) as connection:
        teller = Teller(connection, worker="notifier-1", lease=LEASE)
        return sum(
            Telling(teller, leg.hearing, leg.way, label=leg.label, console=CONSOLE).look()
            for leg in legs_of(file)
        )


def told(catcher: Catcher, path: str = "/hook") -> list[dict[str, list[int]]]:
    """The numbers of the intents by kind, for each notification that was caught there."""
    found = []
    for came in catcher.came:
        if came.path == path:
            notices = came.json["data"]["notices"]
            kinds = {one["kind"] for one in notices}
            found.append(
                {
                    kind: [one["intent"] for one in notices if one["kind"] == kind]
                    for kind in sorted(kinds)
                }
            )
    return found


def counts(catcher: Catcher) -> list[dict[str, int]]:
    return [came.json["data"]["counts"] for came in catcher.came]


def waited(db: Connection, intent: Intent, time: dt.timedelta) -> None:
    """It waits for so long already."""
    db.execute(
        "UPDATE outbox.intent SET moved_at = now() - %s WHERE id = %s", (time, intent.id)
    )


def rested(db: Connection) -> None:
    """Every pause is over."""
    db.execute("UPDATE outbox.route SET due_at = now()")


def let_routes_go(db: Connection) -> None:
    """Every lease of a notifier is over."""
    db.execute(
        "UPDATE outbox.route SET lease_expires_at = now() - interval '1 second'"
        " WHERE leased_by IS NOT NULL"
    )


def stranded(db: Connection) -> int:
    """One more that nobody knows of whether it has left."""
    return journey.stranded(db, Ledger(db, worker="sender-1")).id
