"""Scenes of what somebody has put out of sight, and what is taken out of the rules of that."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import LiteralString

from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.lifecycle import Role
from outbox.store import Connection
from tests.ledger.guards.answers import answer, one, raw
from tests.ledger.guards.mutations import Changes
from tests.ledger.guards.reminders import WITHIN, waited
from tests.parts import journey, policies
from tests.parts.policies import tier

DAY = dt.timedelta(days=1)
WRONG: tuple[tuple[str, LiteralString], ...] = (
    (
        "a_deferral_names_a_person",
        "INSERT INTO outbox.deferral SELECT id, now(), now() + '1 d', '' FROM outbox.intent",
    ),
    (
        "it_is_deferred_for_31_days_at_most",
        "INSERT INTO outbox.deferral SELECT id, now(), now(), 'eve' FROM outbox.intent",
    ),
    (
        "it_is_deferred_for_31_days_at_most",
        "INSERT INTO outbox.deferral SELECT id, now(), now() + interval '31 days 1 second',"
        " 'eve' FROM outbox.intent",
    ),
)
OUT_OF_SIGHT: LiteralString = (
    "SELECT coalesce(string_agg(idempotency_key, ' ' ORDER BY id), '') FROM outbox.intent"
    " WHERE outbox.is_deferred(id, moved_at)"
)


def defer(db: Connection, id: int, days: float = 1, by: str = "ada", reason: str = "") -> None:
    until = db.execute("SELECT now()").fetchall()[0][0] + days * DAY
    Desk(db, actor=by).defer(id, digest=journey.seen(db, id), until=until, reason=reason)


TOLD: LiteralString = (
    "SELECT concat_ws(' ', kind, role, actor, evidence ->> 'reason',"
    " (evidence ->> 'until')::timestamptz = now() + interval '1 day')"
    " FROM outbox.receipt ORDER BY id DESC LIMIT 1"
)
LAST: LiteralString = (
    "SELECT concat_ws(' ', deferred_by, until - deferred_at) FROM outbox.deferral"
    " ORDER BY until DESC LIMIT 1"
)


def what_is_deferred_is_out_of_sight_until_then_or_until_it_moves(db: Connection) -> None:
    for statement in WRONG:
        journey.proposed(db)
        assert raw(db, statement[1]) == statement[0]
    intent = journey.awaiting(db, journey.mail("x"))
    journey.awaiting(db)
    waited(db, 2)
    db.execute("UPDATE outbox.intent SET idempotency_key = id")
    assert one(db, OUT_OF_SIGHT) == ""
    defer(db, intent.id, reason="after the fair")
    assert one(db, OUT_OF_SIGHT) == str(intent.id)
    assert journey.state_of(db, intent.id) == "awaiting_approval"
    assert one(db, TOLD) == "deferred human ada after the fair t"


def what_is_deferred_anew_is_out_of_sight_anew(db: Connection) -> None:
    intent, other = (journey.awaiting(db, journey.mail(to=f"{n}@example.org")) for n in "ab")
    waited(db, 2)
    db.execute("UPDATE outbox.intent SET idempotency_key = id")
    defer(db, intent.id)
    defer(db, other.id)
    assert one(
        db, "SELECT NOT evidence ? 'reason' FROM outbox.receipt ORDER BY id DESC LIMIT 1"
    )
    db.execute("UPDATE outbox.deferral SET until = now(), deferred_at = now() - interval '1 d'")
    assert one(db, OUT_OF_SIGHT) == ""
    defer(db, intent.id, days=31, by="bob")
    assert one(db, OUT_OF_SIGHT) == str(intent.id)
    assert one(db, LAST) == "bob 31 days"
    waited(db, 1)
    assert one(db, OUT_OF_SIGHT) == ""
    defer(db, intent.id)
    assert one(db, OUT_OF_SIGHT) == str(intent.id)


def a_person_defers_what_waits_for_one_and_anybody_takes_it_up_once(db: Connection) -> None:
    unsure = journey.scored(db, confidence=0.1)
    Ledger(db, worker="router-1").route(threshold=0.5)
    intent, approved = journey.awaiting(db), journey.approved(db)
    agent = Desk(db, actor="eve", role=Role.AGENT)
    until = db.execute("SELECT now()").fetchall()[0][0] + DAY
    digest = journey.seen(db, intent.id)
    said = answer(db, lambda: agent.defer(intent.id, digest=digest, until=until))
    assert said == "IllegalMove"
    assert answer(db, partial(defer, db, approved.id)) == "IllegalMove"
    assert answer(db, partial(Desk(db, actor="bob").take_up, intent.id)) == "Conflict"
    defer(db, unsure.id)
    defer(db, intent.id)
    assert answer(db, partial(agent.take_up, intent.id)) == "Conflict"
    Desk(db, actor="bob").take_up(intent.id)
    assert journey.kinds_of(db, intent.id)[-2:] == ["deferred", "taken_up"]
    assert one(db, "SELECT count(*) FROM outbox.deferral") == 1
    assert answer(db, partial(Desk(db, actor="cy").take_up, intent.id)) == "Conflict"
    db.execute("UPDATE outbox.deferral SET until = now(), deferred_at = now() - interval '1 d'")
    assert answer(db, partial(Desk(db, actor="cy").take_up, unsure.id)) == "Conflict"


def nobody_is_reminded_of_what_is_deferred_but_it_is_escalated(db: Connection) -> None:
    policies.put(db, tier(1, within=WITHIN))
    intent, other = journey.awaiting(db), journey.awaiting(db)
    waited(db, 2)
    defer(db, intent.id)
    ledger = Ledger(db, worker="sweeper-1")
    assert [id for id, _ in ledger.remind()] == [other.id]
    db.execute(
        "UPDATE outbox.intent SET moved_at = moved_at - interval '2 hours' WHERE id = %s",
        (intent.id,),
    )
    db.execute("UPDATE outbox.deferral SET since = since - interval '2 hours'")
    assert [step for _, step in ledger.remind()] == ["escalated"]
    Desk(db, actor="bob").take_up(intent.id)
    assert [step for _, step in ledger.remind()] == ["reminded"]


SCENES = (
    what_is_deferred_is_out_of_sight_until_then_or_until_it_moves,
    what_is_deferred_anew_is_out_of_sight_anew,
    a_person_defers_what_waits_for_one_and_anybody_takes_it_up_once,
    nobody_is_reminded_of_what_is_deferred_but_it_is_escalated,
)
DEFERRED: dict[str, Changes] = {
    "policy/deferral.sql": (
        ("deferred_by <> ''", "true"),
        ("until > deferred_at AND ", ""),
        (" AND until - deferred_at <= interval '31 days'", ""),
    ),
    "policy/is_deferred.sql": (
        ("intent_id = is_deferred.intent AND ", ""),
        ("since = is_deferred.moved_at\n", "true\n"),
        ("AND until > now()", ""),
    ),
    "policy/overdue.sql": (
        ("asked.done = 'escalated' OR ", ""),
        ("NOT outbox.is_deferred(held.id, held.moved_at)", "true"),
    ),
    "desk/defer.sql": (
        (" AND state IN ('in_review', 'awaiting_approval')", ""),
        ("'in_review', 'awaiting_approval'", "'awaiting_approval'"),
        ("AND defer.role = 'human'", ""),
        ("VALUES (held.id, held.moved_at,", "VALUES (held.id, now(),"),
        ("since = excluded.since", "since = deferral.since"),
        ("until = excluded.until", "until = deferral.until"),
        ("deferred_by = excluded.deferred_by", "deferred_by = deferral.deferred_by"),
        ("deferred_at = excluded.deferred_at", "deferred_at = deferral.deferred_at"),
        ("'deferred', defer.role", "'perhaps', defer.role"),
        ("nullif(defer.reason, '')", "defer.reason"),
    ),
    "desk/take_up.sql": (
        ("AND outbox.is_deferred(intent.id, moved_at) ", ""),
        ("AND take_up.role = 'human'", ""),
        ("'taken_up'", "'perhaps'"),
        ("AND intent_id = intent.id", ""),
    ),
}
