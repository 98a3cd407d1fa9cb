"""Who is told of what, when and how often: real rows, a real notifier's login, real HTTPS."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from psycopg.conninfo import make_conninfo

from outbox.desk import Desk, Outbound
from outbox.ledger import Ledger
from outbox.store import Connection, connect
from outbox.tenants import bind
from tests.notifying.telling import counts, let_routes_go, look, rested, stranded, told, waited
from tests.parts import journey, policies
from tests.parts.catcher import Catcher
from tests.parts.notifying import MUST, book, route, webhook
from tests.parts.policies import tier

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)


def test_what_strands_is_told_at_once_and_once(
    login: str, db: Connection, catcher: Catcher, tmp_path: Path
) -> None:
    file = book(tmp_path, all=route(webhook(tmp_path, catcher), "stranded", "escalated"))
    assert look(login, file) == 0
    id = stranded(db)

    assert look(login, file) == 1
    let_routes_go(db)
    rested(db)
    assert look(login, file) == 0

    assert told(catcher) == [{"stranded": [id]}]


def test_five_hundred_that_come_together_are_one_notification(
    login: str, db: Connection, catcher: Catcher, tmp_path: Path
) -> None:
    where = webhook(tmp_path, catcher)
    file = book(tmp_path, all=route(where, *MUST, "in_review", gather="1m"))
    stranded(db)
    for _ in range(500):
        journey.proposed(db)
    while _in_review(db) < 500:
        journey.score_and_route(db, confidence=0.1)
    assert [look(login, file), look(login, file)] == [1, 0]
    db.execute("UPDATE outbox.intent SET moved_at = moved_at - %s", (2 * MINUTE,))

    assert [look(login, file), look(login, file)] == [501, 0]

    assert counts(catcher) == [{"stranded": 1}, {"stranded": 1, "in_review": 500}]


def _in_review(db: Connection) -> int:
    [(count,)] = db.execute("SELECT count(*) FROM outbox.intent WHERE state = 'in_review'")
    return int(count)


def test_what_was_decided_before_it_was_told_is_not_told(
    login: str, db: Connection, catcher: Catcher, tmp_path: Path
) -> None:
    file = book(tmp_path, all=route(webhook(tmp_path, catcher)))
    look(login, file)  # the switch
    decided, other = journey.awaiting(db), journey.awaiting(db)
    Desk(db, actor="ada").reject(decided.id, reason="no")

    look(login, file)

    assert told(catcher)[-1] == {"awaiting_approval": [other.id]}


def test_what_waits_anew_is_told_anew(
    login: str, db: Connection, catcher: Catcher, tmp_path: Path
) -> None:
    where = webhook(tmp_path, catcher)
    file = book(tmp_path, all=route(where, *MUST, "in_review", "awaiting_approval"))
    intent = journey.awaiting(db)
    look(login, file)
    journey.approve(db, intent.id)
    Desk(db, actor="ada").revoke(intent.id, reason="wrong")

    look(login, file)

    assert told(catcher) == [{"awaiting_approval": [intent.id]}, {"in_review": [intent.id]}]


def test_an_escalation_goes_to_those_whom_the_policy_names(
    login: str, db: Connection, catcher: Catcher, tmp_path: Path
) -> None:
    within = {"remind": "1h", "escalate": "3h", "to": ["Olga", "nobody we know"]}
    policies.put(db, tier(1, within=within))
    file = book(
        tmp_path,
        all=route(webhook(tmp_path, catcher), *MUST),
        reminded=route(webhook(tmp_path, catcher, "/reminded"), "reminded"),
        people={name: webhook(tmp_path, catcher, f"/{name}") for name in ("olga", "carol")},
    )
    intent = journey.awaiting(db)
    for hours in (0.5, 2, 4):
        waited(db, intent, hours * HOUR)
        Ledger(db, worker="sweeper-1").remind()
        look(login, file)
        look(login, file)

    assert told(catcher, "/reminded")[0] == {"reminded": [intent.id]}
    assert told(catcher, "/hook") == told(catcher, "/olga") == [{"escalated": [intent.id]}]
    assert told(catcher, "/carol") == []


def test_a_turn_of_the_switch_is_told(
    login: str, db: Connection, catcher: Catcher, tmp_path: Path
) -> None:
    file = book(tmp_path, all=route(webhook(tmp_path, catcher), *MUST, "switch"))
    look(login, file)
    for position in (Outbound.ON, Outbound.OFF):
        Desk(db, actor="ada").flip(position)
        look(login, file)
        look(login, file)

    states = [came.json["data"]["notices"][0]["state"] for came in catcher.came]
    assert states == ["off", "on", "off"]


def test_it_changes_nothing_but_what_it_has_told(
    login: str, db: Connection, catcher: Catcher, tmp_path: Path
) -> None:
    file = book(tmp_path, all=route(webhook(tmp_path, catcher)))
    stranded(db)
    journey.awaiting(db)
    kept = "SELECT (SELECT count(*) FROM outbox.receipt), (SELECT count(*) FROM outbox.event)"
    rows = b"SELECT * FROM outbox.intent ORDER BY id"
    before = db.execute(kept).fetchall(), db.execute(rows).fetchall()

    look(login, file)

    assert (db.execute(kept).fetchall(), db.execute(rows).fetchall()) == before
    with (
        connect(login, application="tests") as connection,
        pytest.raises(Exception, match="denied"),
    ):
        connection.execute("SELECT FROM outbox.artifact")


def test_a_notifier_that_is_bound_to_a_tenant_hears_of_its_tenant_alone(
    dsn: str, login: str, db: Connection, catcher: Catcher, tmp_path: Path
) -> None:
    ours = stranded(db)
    db.execute("UPDATE outbox.intent SET tenant = 'ours'")
    others = stranded(db)
    file = book(tmp_path, all=route(webhook(tmp_path, catcher), *MUST))

    look(bound_to(db, dsn, "ours"), file)
    look(login, file)

    assert told(catcher) == [{"stranded": [ours]}, {"stranded": [others]}]


def bound_to(db: Connection, dsn: str, tenant: str) -> str:
    """The DSN of a notifier's login of this tenant."""
    name = f"local_{tenant}_notifier"
    if not db.execute("SELECT FROM pg_roles WHERE rolname = %s", (name,)).fetchall():
        role = f"CREATE ROLE {name} LOGIN PASSWORD 'tests' IN ROLE holdshort_notifier"
        db.execute(role.encode())
    bind(db, name, tenant, actor="ada")
    return make_conninfo(dsn, user=name, password="tests")
