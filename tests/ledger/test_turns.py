"""What a cap holds back leaves in turn: nobody asks for a place that others are before."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest

from consumers.channels import Delivered
from deploy.bench.flat.rewriting import rewriting
from outbox.claim import Claim
from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.limits.setting import Limits, Scope
from outbox.store import Connection, connect
from tests.consumers.test_sending import sender
from tests.ledger.quiet import quiet
from tests.ledger.test_cap_races import SENDERS, mail, ready
from tests.parts import journey
from tests.parts.journey import HOUR

TURNS = (
    "SELECT round(extract(epoch FROM due_at - last.at) / 3600)::int"
    " FROM outbox.intent, (SELECT max(at) FROM outbox.counted) AS last (at)"
    " WHERE state = 'approved' ORDER BY due_at"
)


@pytest.fixture
def cap(db: Connection) -> int:
    return Limits(db, actor="grace").set_cap(Scope.EVERYTHING, "", most=1, span=HOUR)


def turns(db: Connection) -> list[int]:
    """In how many hours after the last that has left each of them may leave."""
    return [hours for (hours,) in db.execute(TURNS).fetchall()]


def rested(dsn: str, claim: Claim) -> None:
    with connect(dsn, application="tests") as connection:
        Ledger(connection, worker="sender-1").rest(claim, {"gate": "cap_reached"})


@pytest.mark.usefixtures("cap")
def test_the_kth_that_rests_waits_for_the_kth_place_however_many_come_to_rest_at_once(
    dsn: str, db: Connection
) -> None:
    first, *others = ready(db, [mail(n) for n in range(SENDERS + 1)])
    Ledger(db, worker="sender-1").permit(first, enough=journey.SECOND)

    with ThreadPoolExecutor(SENDERS) as pool:
        list(pool.map(lambda claim: rested(dsn, claim), others))

    assert turns(db) == list(range(1, SENDERS + 1))


def later(db: Connection) -> bool:
    """Let time pass until the next is due: no rule of ours could do this."""
    with rewriting(db, "counted", "turn", "intent"):
        [(time,)] = db.execute(
            "SELECT min(due_at) - clock_timestamp() FROM outbox.intent WHERE state = 'approved'"
        ).fetchall()
        if time is None:
            return False
        for column in ("counted SET at = at", "turn SET at = at", "intent SET due_at = due_at"):
            db.execute(f"UPDATE outbox.{column} - %s".encode(), (time,))
    return True


def test_as_places_become_free_one_after_the_other_leaves_and_hardly_anybody_asks_in_vain(
    db: Connection,
) -> None:
    Limits(db, actor="grace").set_cap(Scope.DOMAIN, "", most=3, span=HOUR)
    journey.switch_on(db)
    ids = [journey.approved(db, valid_for=dt.timedelta(days=1)).id for _ in range(12)]
    sending, claims = sender(db, Delivered({})), 0
    while later(db):
        while sending.look():
            claims += 1

    left = "SELECT intent_id FROM outbox.attempt ORDER BY id"
    order = [id for (id,) in db.execute(left).fetchall()]
    assert sorted(order) == ids
    assert max(abs(place - order.index(id)) for place, id in enumerate(ids)) <= 3
    assert claims <= 9 + 2 * len(ids), "9 rest at first; then each asks twice at most"


@pytest.mark.usefixtures("cap")
def test_when_quiet_hours_end_those_who_rest_leave_in_turn_too(db: Connection) -> None:
    _, *others = ready(db, [mail(n) for n in range(4)])
    quiet(Limits(db, actor="grace"), "00:00-00:00")

    for claim in others:
        Ledger(db, worker="sender-1").rest(claim, {"gate": "quiet_hours"})

    [(first, *apart)] = db.execute(
        "SELECT min(due_at) = date_trunc('day', now()) + interval '1 day',"
        " max(due_at) - min(due_at) = interval '2 hours', count(DISTINCT due_at)"
        " FROM outbox.intent WHERE state = 'approved'"
    ).fetchall()
    assert (first, *apart) == (True, True, 3)


@pytest.mark.usefixtures("cap")
def test_a_place_whose_intent_was_withdrawn_is_for_the_next(db: Connection) -> None:
    first, gone, waits, last = ready(db, [mail(n) for n in range(4)])
    ledger = Ledger(db, worker="sender-1")
    ledger.permit(first, enough=journey.SECOND)
    for claim in (gone, waits):
        ledger.rest(claim, {})
    Desk(db, actor="ada").withdraw(waits.id, reason="not needed")

    ledger.rest(last, {})

    assert turns(db) == [1, 2]
