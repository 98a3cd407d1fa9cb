"""However many granters there are, a grant is used as often as it says, and no more."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Barrier

import pytest

from outbox import granting as granting_of
from outbox.store import Connection, connect
from tests.parts import journey
from tests.parts.granting import given, granting, revoke

GRANTERS = 8
MANY = 40
LOOKS = 500
"""One finds nothing while others hold it, so how many it takes is theirs to say."""


def test_eight_granters_use_a_grant_exactly_as_often_as_it_says(
    dsn: str, db: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(granting_of, "BATCH", 2)  # else the first holds them all
    for number in range(MANY):
        journey.awaiting(db, journey.mail(f"Invoice {number}"))
    grants = {given(db, uses=uses): uses for uses in (1, 7, 13)}
    ready = Barrier(GRANTERS)

    def grant(number: int) -> None:
        with closing(connect(dsn, application="tests")) as connection:
            granter = granting(connection, worker=f"granter-{number}")
            ready.wait()
            for _ in range(LOOKS):
                if not granter._granter.in_force():
                    break
                granter.look()

    with ThreadPoolExecutor(GRANTERS) as pool:
        list(pool.map(grant, range(GRANTERS)))

    used = db.execute("SELECT grant_id, use FROM outbox.endorsement").fetchall()
    states = db.execute("SELECT state, count(*) FROM outbox.intent GROUP BY 1").fetchall()
    assert Counter(id for id, _ in used) == grants
    assert sorted(used) == [(id, n) for id, uses in grants.items() for n in range(1, uses + 1)]
    assert dict(states) == {"approved": 21, "awaiting_approval": MANY - 21}
    told = "SELECT count(*) FROM outbox.receipt WHERE kind = 'approved'"
    assert db.execute(told).fetchone() == (21,)


def test_a_grant_that_is_revoked_meanwhile_approves_nothing_afterwards(
    dsn: str, db: Connection
) -> None:
    """Its granter holds a batch already, and has seen the grant in force."""
    grant = given(db)
    intent = journey.awaiting(db)
    with closing(connect(dsn, application="tests")) as connection:
        granter = granting(connection)
        granter._know(granter._granter.in_force())
        with granter._granter.holding({}) as waiting:
            [covered] = [granter._covered(one) for one in waiting]
            assert covered is not None
            revoke(db, grant)
            assert granter._granter.approve([covered]) == frozenset()

    assert journey.state_of(db, intent.id) == "awaiting_approval"
