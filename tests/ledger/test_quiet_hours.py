"""Quiet hours: in which nothing leaves, of what they name, until their end."""

from __future__ import annotations

import datetime as dt

import pytest

from outbox.claim import SEND
from outbox.errors import BadSettings, Conflict, GateClosed, NotFound
from outbox.ledger import Ledger
from outbox.limits import reading
from outbox.limits.setting import Limits, Scope
from outbox.queries import reader
from outbox.store import Connection
from tests.ledger.quiet import quiet, until
from tests.parts import journey
from tests.parts.journey import SECOND, state_of

FRIDAY, MONDAY = 5, 1


@pytest.fixture
def limits(db: Connection) -> Limits:
    return Limits(db, actor="grace")


@pytest.fixture
def intent(db: Connection) -> int:
    return journey.approved(db).id


def test_the_latest_end_counts_where_several_quiet_hours_meet(
    db: Connection, limits: Limits, intent: int
) -> None:
    quiet(limits, "10:00-12:00")
    quiet(limits, "10:00-12:00", "America/New_York")
    quiet(limits, "11:00-19:00", "Asia/Kathmandu")  # 05:15 to 13:15 UTC

    assert until(db, intent, "2026-11-24 11:00") == "24 13:15"
    assert until(db, intent, "2026-11-24 15:30") == "24 17:00"


@pytest.mark.parametrize(
    ("scope", "mine", "other"),
    [
        (Scope.CHANNEL, "email", "pigeon"),
        (Scope.PRODUCER, "tests", "others"),
        (Scope.DOMAIN, "Example.ORG", "example.net"),
    ],
)
def test_quiet_hours_are_of_what_they_name(
    db: Connection, limits: Limits, intent: int, scope: Scope, mine: str, other: str
) -> None:
    quiet(limits, "00:00-00:00", scope=scope, name=other)
    assert until(db, intent, "2026-11-24 12:00") == ""
    id = quiet(limits, "00:00-00:00", scope=scope, name=mine)
    assert until(db, intent, "2026-11-24 12:00") == "25 00:00"
    limits.lift_quiet_hours(id)
    assert until(db, intent, "2026-11-24 12:00") == ""


def test_what_quiet_hours_hold_back_rests_until_their_end_and_keeps_its_approval(
    db: Connection, limits: Limits, ledger: Ledger
) -> None:
    claim = journey.claimed(db, ledger)
    quiet(limits, "00:00-00:00")

    with pytest.raises(GateClosed, match="quiet hours"):
        ledger.permit(claim, enough=SECOND)
    ledger.rest(claim, {"gate": "quiet_hours"})

    due = (
        "SELECT due_at = date_trunc('day', now()) + interval '1 day', claims, approval_id > 0"
        " FROM outbox.intent"
    )
    assert db.execute(due).fetchall() == [(True, 0, True)]
    assert (state_of(db, claim.id), ledger.claim(SEND)) == ("approved", [])


def test_who_sets_and_lifts_quiet_hours_is_named(
    dsn: str, db: Connection, limits: Limits
) -> None:
    id = quiet(limits, "22:00-07:00", "Europe/Berlin", days=[FRIDAY, MONDAY, FRIDAY])
    Limits(db, actor="bob").lift_quiet_hours(id)

    with pytest.raises(NotFound, match="no quiet hours 1 that stands"):
        limits.lift_quiet_hours(id)
    with reader(dsn).connect() as connection:
        [found] = reading.quiet_hours(connection)
    assert (found.set_by, found.lifted_by, found.days) == ("grace", "bob", [MONDAY, FRIDAY])
    assert (found.starts, found.ends, found.zone) == (dt.time(22), dt.time(7), "Europe/Berlin")


@pytest.mark.parametrize("zone", ["Mars/Olympus", "CET+1", "europe/berlin", "UTC-2", ""])
def test_only_a_time_zone_that_has_a_name_is_one(limits: Limits, zone: str) -> None:
    with pytest.raises(BadSettings, match="in a known time zone"):
        quiet(limits, "22:00-07:00", zone)


@pytest.mark.parametrize(
    ("scope", "name", "days"),
    [
        (Scope.EVERYTHING, "x", [1]),
        (Scope.CHANNEL, "", [1]),
        (Scope.ADDRESS, "ada@example.org", [1]),
        (Scope.EVERYTHING, "", []),
        (Scope.EVERYTHING, "", [0]),
    ],
)
def test_quiet_hours_that_make_no_sense_are_refused(
    limits: Limits, scope: Scope, name: str, days: list[int]
) -> None:
    with pytest.raises(BadSettings):
        quiet(limits, "22:00-07:00", scope=scope, name=name, days=days)


def test_the_same_quiet_hours_are_set_once(limits: Limits) -> None:
    quiet(limits, "22:00-07:00")
    with pytest.raises(Conflict, match="quiet hours are set once"):
        quiet(limits, "22:00-07:00")
