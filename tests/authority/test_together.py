"""Who is authorised crosses together with whom it finds there, and nobody else does."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from functools import partial

from consumers.approved import Approved
from consumers.authority import BySignature
from consumers.leases import Leases
from consumers.rulings import Rulings
from outbox.claim import SEND
from outbox.desk import Desk
from outbox.errors import GateClosed
from outbox.ledger import Ledger
from outbox.manifest import read
from outbox.store import Connection, connect
from tests.parts import journey
from tests.parts.reviewers import ADA, ROOTS, declared, enrolled, signed
from tests.parts.waiting import wait_until

PATIENCE = dt.timedelta(seconds=10)
WAITS = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


def approved(db: Connection, *, by_name: Sequence[int], count: int) -> list[Approved]:
    """So many, under a lease; the database says of each that it is approved."""
    declared(db, enrolled("ada", ADA.key))
    journey.switch_on(db)
    for place in range(count):
        intent = journey.awaiting(db)
        digest = journey.seen(db, intent.id)
        said = None if place in by_name else signed(db, intent)
        Desk(db, actor="ada").approve(
            intent.id, digest=digest, valid_for=journey.HOUR, signed=said
        )
    claims = Ledger(db, worker="w").claim(replace(SEND, batch=count))
    return [Approved(claim, read(claim.manifest or b"")) for claim in claims]


def asked_at_once(db: Connection, dsn: str, held: Sequence[Approved]) -> list[Future[None]]:
    """The first is held up in the database, and the others come meanwhile."""
    leases, asked, first = Leases(journey.HOUR), [], held[0].claim
    with ExitStack() as stack:
        before, *hands = (
            stack.enter_context(connect(dsn, application="tests")) for _ in (0, *held)
        )
        pool = stack.enter_context(ThreadPoolExecutor(len(held)))
        with before.transaction():
            before.execute("SELECT FROM outbox.intent WHERE id = %s FOR UPDATE", [first.id])
            for place, (one, hand) in enumerate(zip(held, hands, strict=True)):
                ask = partial(leases.permit, Ledger(hand, worker="w"), believing(hand), one)
                asked.append(pool.submit(ask, enough=journey.SECOND))
                wait_until(partial(waits, db, leases, place), PATIENCE, "they wait")
    return asked


def believing(connection: Connection) -> BySignature:
    return BySignature(connection, ROOTS, Rulings(ROOTS))


def waits(db: Connection, leases: Leases, others: int) -> bool:
    return db.execute(WAITS).fetchone() is not None and leases.waiting_to_cross == others


def test_who_is_not_authorised_crosses_with_nobody(db: Connection, dsn: str) -> None:
    held = approved(db, by_name=[1], count=3)

    first, unsigned, last = asked_at_once(db, dsn, held)

    assert (first.exception(), last.exception()) == (None, None)
    refusal = unsigned.exception()
    assert isinstance(refusal, GateClosed)
    assert refusal.reason == "approval_unsigned"
    crossed = db.execute("SELECT intent_id FROM outbox.attempt ORDER BY 1").fetchall()
    assert crossed == [(held[0].claim.id,), (held[2].claim.id,)]
