"""What a person puts aside is out of sight for a time; it waits on, and it comes back."""

from __future__ import annotations

import datetime as dt

import pytest
from sqlalchemy import select

from outbox.deferred import OUT_OF_SIGHT, deferral_of
from outbox.desk import Desk
from outbox.errors import BadSettings, Conflict, IllegalMove
from outbox.ledger import Ledger
from outbox.lifecycle import Role, State
from outbox.queries import reader
from outbox.screens.lists import Which, listed
from outbox.store import Connection
from outbox.tables import intent as rows
from tests.erasure.test_erasing import NOT_FINAL
from tests.parts import journey, policies
from tests.parts.journey import HOUR, mail, state_of

DAY = dt.timedelta(days=1)
WAITING = {State.IN_REVIEW, State.AWAITING_APPROVAL}


def defer(db: Connection, id: int, span: dt.timedelta = DAY, by: str = "ada") -> None:
    until = dt.datetime.now(dt.UTC) + span
    Desk(db, actor=by).defer(id, digest=journey.seen(db, id), until=until)


def in_sight(dsn: str) -> list[int]:
    with reader(dsn).connect() as look:
        return sorted(look.scalars(select(rows.c.id).where(~OUT_OF_SIGHT)))


def let_it_be_over(db: Connection) -> None:
    db.execute(
        "UPDATE outbox.deferral SET deferred_at = deferred_at - interval '3 days',"
        " until = until - interval '3 days'"
    )


def test_it_is_out_of_the_lists_until_then_and_back_by_itself(dsn: str, db: Connection) -> None:
    one, other = journey.awaiting(db), journey.awaiting(db)

    defer(db, one.id)

    with reader(dsn).connect() as look:
        assert [row.id for row in listed(look, Which.APPROVE).rows] == [other.id]
        assert [row.id for row in listed(look, Which.DEFERRED).rows] == [one.id]
        found = deferral_of(look, one.id)
        assert found is not None
        assert found.deferred_by == "ada"
        assert deferral_of(look, other.id) is None
    let_it_be_over(db)
    with reader(dsn).connect() as look:
        assert {row.id for row in listed(look, Which.APPROVE).rows} == {one.id, other.id}
        assert listed(look, Which.DEFERRED).rows == ()
        assert deferral_of(look, one.id) is None


def test_nothing_else_changes_and_no_yes_is_void(dsn: str, db: Connection) -> None:
    policies.put(db, policies.tier(2))
    intent = journey.awaiting(db)
    policies.yes(db, intent, "bob")
    row = "SELECT to_jsonb(intent) FROM outbox.intent"
    before = db.execute(row).fetchall()

    defer(db, intent.id)

    assert db.execute(row).fetchall() == before
    assert journey.kinds_of(db, intent.id)[-1] == "deferred"
    assert policies.yes(db, intent, "cy") == 0
    assert state_of(db, intent.id) == "approved"


def test_it_is_back_as_soon_as_it_has_moved(dsn: str, db: Connection) -> None:
    id = journey.awaiting(db).id
    defer(db, id)

    Desk(db, actor="eve").edit(id, mail("Other bytes"), digest=journey.seen(db, id))
    journey.score_and_route(db)

    assert state_of(db, id) == "awaiting_approval"
    assert in_sight(dsn) == [id]


def test_anybody_takes_it_up_before_and_only_once(dsn: str, db: Connection) -> None:
    id = journey.awaiting(db).id
    defer(db, id)

    Desk(db, actor="bob").take_up(id)

    assert in_sight(dsn) == [id]
    assert journey.kinds_of(db, id)[-1] == "taken_up"
    with pytest.raises(Conflict, match="is not deferred"):
        Desk(db, actor="cy").take_up(id)


def test_who_defers_again_says_another_time(dsn: str, db: Connection) -> None:
    id = journey.awaiting(db).id
    defer(db, id, 9 * DAY)

    defer(db, id, HOUR, by="bob")

    with reader(dsn).connect() as look:
        found = deferral_of(look, id)
    assert found is not None
    assert found.deferred_by == "bob"
    assert found.until - found.deferred_at < DAY


@pytest.mark.parametrize("state", sorted(set(NOT_FINAL) - WAITING))
def test_only_what_waits_for_a_person_is_deferred(db: Connection, state: State) -> None:
    id = NOT_FINAL[state](db, Ledger(db, worker="worker-1"))

    with pytest.raises(IllegalMove, match="a person defers what waits for one"):
        defer(db, id)

    assert db.execute("SELECT FROM outbox.deferral").fetchall() == []


@pytest.mark.parametrize("span", [-DAY, dt.timedelta(0), 32 * DAY])
def test_it_is_deferred_to_later_and_for_31_days_at_most(
    db: Connection, span: dt.timedelta
) -> None:
    id = journey.awaiting(db).id

    with pytest.raises(BadSettings, match="31 days at most"):
        defer(db, id, span)

    assert "deferred" not in journey.kinds_of(db, id)
    defer(db, id, 31 * DAY - HOUR)


def test_an_agent_defers_nothing_and_takes_nothing_up(db: Connection) -> None:
    id = journey.awaiting(db).id
    agent = Desk(db, actor="tests", role=Role.AGENT)
    digest, until = journey.seen(db, id), dt.datetime.now(dt.UTC) + DAY

    with pytest.raises(IllegalMove):
        agent.defer(id, digest=digest, until=until)
    defer(db, id)
    with pytest.raises(Conflict):
        agent.take_up(id)


def test_what_changed_since_it_was_read_is_not_deferred(db: Connection) -> None:
    id = journey.awaiting(db).id
    old = journey.seen(db, id)
    Desk(db, actor="eve").edit(id, mail("Other bytes"), digest=old)
    journey.score_and_route(db)

    with pytest.raises(Conflict, match="is now version 2"):
        Desk(db, actor="ada").defer(id, digest=old, until=dt.datetime.now(dt.UTC) + DAY)

    assert db.execute("SELECT FROM outbox.deferral").fetchall() == []


def test_a_list_looks_at_the_key_of_what_is_deferred_however_much_that_is(
    dsn: str, db: Connection
) -> None:
    journey.awaiting(db)
    db.execute("ALTER TABLE outbox.deferral DISABLE TRIGGER ALL")
    db.execute(
        "INSERT INTO outbox.deferral SELECT n, now(), now() + interval '1 day', 'ada'"
        " FROM generate_series(1000, 9000) AS n"
    )
    db.execute("ANALYZE outbox.deferral")
    statement = select(rows.c.id).where(rows.c.id == 1, ~OUT_OF_SIGHT)

    with reader(dsn).connect() as look:
        said = str(statement.compile(look.engine, compile_kwargs={"literal_binds": True}))
        plan = "\n".join(row[0] for row in look.exec_driver_sql(f"EXPLAIN {said}"))

    assert "deferral_pkey" in plan, plan
