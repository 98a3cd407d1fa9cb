"""Whoever settles together with a connection that breaks is recorded all the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, nullcontext
from functools import partial

from consumers.leases import Leases
from consumers.recording import Recording
from outbox.claim import Claim
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.results import Settlement
from outbox.store import Connection, connect
from tests.parts import journey
from tests.parts.journey import state_of
from tests.parts.proxy import Cut, DatabaseProxy, asks
from tests.parts.waiting import wait_until

PATIENCE = dt.timedelta(seconds=10)
SETTLE = b"FROM outbox.settle("


def settle(db: Connection, leases: Leases, claim: Claim, connection: Connection) -> None:
    again = nullcontext(Ledger(db, worker="worker-1"))
    recording = Recording(Ledger(connection, worker="worker-1"), lambda: again)
    recording.settle(Settlement(claim, State.SENT, "sent", {}), leases)


def cut_while_two_settle_together(
    db: Connection, dsn: str, proxy: DatabaseProxy, claims: Sequence[Claim]
) -> None:
    """The first is held up in the database; the others wait, and one of them is cut."""
    leases = Leases(journey.HOUR)
    with ExitStack() as stack:
        held, *hands = (
            stack.enter_context(connect(one, application="tests"))
            for one in (dsn, dsn, proxy.dsn, dsn)
        )
        pool = stack.enter_context(ThreadPoolExecutor(len(claims)))
        with held.transaction():
            held.execute("SELECT FROM outbox.intent WHERE id = %s FOR UPDATE", [claims[0].id])
            first = pool.submit(settle, db, leases, claims[0], hands[0])
            wait_until(lambda: waits_for_a_lock(db), PATIENCE, "the first asks")
            others = []
            for place in (1, 2):
                others.append(pool.submit(settle, db, leases, claims[place], hands[place]))
                wait_until(partial(queued, leases, place), PATIENCE, "the others wait")
            proxy.cut(Cut.AFTER, asks(SETTLE))
        for one in (first, *others):
            one.result()


def test_who_settles_together_with_a_connection_that_breaks_is_recorded_exactly_once(
    db: Connection, dsn: str
) -> None:
    ledger = Ledger(db, worker="worker-1")
    claims = [journey.permitted(db, ledger) for _ in range(3)]

    with closing(DatabaseProxy(dsn)) as proxy:
        cut_while_two_settle_together(db, dsn, proxy, claims)

    assert proxy.cuts == 1
    for claim in claims:
        assert state_of(db, claim.id) == "sent"
        assert journey.kinds_of(db, claim.id).count("sent") == 1


def waits_for_a_lock(db: Connection) -> bool:
    waiting = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    return db.execute(waiting).fetchone() is not None


def queued(leases: Leases, count: int) -> bool:
    return leases.waiting_to_settle == count
