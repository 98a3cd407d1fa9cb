"""Once the switch is off, it is off: also for the senders that are just about to cross."""

from __future__ import annotations

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import pytest

from outbox.claim import SEND
from outbox.desk import Desk, Outbound
from outbox.errors import GateClosed
from outbox.ledger import Ledger
from outbox.store import Connection, connect
from tests.parts import journey
from tests.parts.journey import SECOND

SENDERS = 6
FLIPS = 30
NO_TIME = dt.timedelta(0)
A_MOMENT, A_BLINK = 0.005, 0.001  # seconds


def attempts(db: Connection) -> int:
    [(count,)] = db.execute("SELECT count(*) FROM outbox.attempt").fetchall()
    return int(count)


def crossing(dsn: str, number: int, over: threading.Event) -> int:
    """Ask for one permit after the other; give back how many the switch refused."""
    refused = 0
    with connect(dsn, application="tests") as connection:
        ledger = Ledger(connection, worker=f"sender-{number}")
        while not over.is_set():
            for claim in ledger.claim(SEND):
                try:
                    ledger.permit(claim, enough=SECOND)
                except GateClosed:
                    ledger.put_back(claim, pause=NO_TIME, evidence={})
                    refused += 1
    return refused


@pytest.mark.fault("21 switch turned under load")
def test_between_off_and_on_no_permit_commits_however_many_are_asked_for(
    dsn: str, db: Connection
) -> None:
    desk, over, while_off = Desk(db, actor="ada"), threading.Event(), list[int]()
    with ThreadPoolExecutor(SENDERS) as pool, ExitStack() as at_the_end:
        at_the_end.callback(over.set)
        senders = [pool.submit(crossing, dsn, number, over) for number in range(SENDERS)]
        for _ in range(FLIPS):
            for _ in range(2 * SENDERS):
                journey.approved(db)
            before = attempts(db)
            desk.flip(Outbound.ON)
            while attempts(db) == before:  # no longer: the others are to be in mid-permit
                over.wait(A_BLINK)
            desk.flip(Outbound.OFF)  # has waited for every permit that was under way
            at_the_commit = attempts(db)
            over.wait(A_MOMENT)
            while_off.append(attempts(db) - at_the_commit)
    refused = sum(sender.result() for sender in senders)

    assert while_off == [0] * FLIPS
    assert attempts(db) >= FLIPS
    assert refused > 0
