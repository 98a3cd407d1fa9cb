"""What is read is what people decided, as far back as one asks, and of one's own tenants."""

from __future__ import annotations

import pytest
from psycopg.conninfo import conninfo_to_dict

from outbox.calibration.reading import OfAChannel, channels, together
from outbox.queries import reader
from outbox.store import Connection
from tests.calibration.told import counted
from tests.parts import journey
from tests.parts.logins import logins_of
from tests.parts.receipts import attest


def read(dsn: str) -> tuple[OfAChannel, ...]:
    with reader(dsn).connect() as look:
        return channels(look)


def test_a_decision_is_there_as_soon_as_its_receipt_is_in_the_log(
    dsn: str, db: Connection
) -> None:
    journey.approved(db)
    before = read(logins_of(dsn)["reader"])
    attest(db)
    [found] = read(logins_of(dsn)["reader"])

    assert before == ()
    assert (found.channel, [one.scorer for one in found.scorers]) == ("email", ["tests"])
    assert (found.together.curve.approved, found.together.curve.decided) == (1, 1)


def test_days_are_added_up_as_far_back_as_one_asks(dsn: str, db: Connection) -> None:
    for ago in (0, 6, 20, 100):
        counted(db, 90, 8, 10, ago=ago)
    with reader(dsn).connect() as look:
        [usual], [all_of_them] = channels(look), channels(look, days=365)

    assert usual.together.curve.decided == 30
    assert all_of_them.together.curve.decided == 40
    assert usual.together.curve.tenths[0].share == pytest.approx(0.8)


def test_what_was_held_has_no_part_in_the_curve(dsn: str, db: Connection) -> None:
    counted(db, 90, 9, 10)
    counted(db, 90, 2, 10, held=True)
    with reader(dsn).connect() as look:
        [found] = channels(look)

    assert found.together.curve.decided == 10
    assert (found.together.held_approved, found.together.held) == (2, 10)


def test_the_last_week_is_held_against_the_weeks_before(dsn: str, db: Connection) -> None:
    counted(db, 90, 95, 100, ago=20)
    counted(db, 90, 30, 60, ago=1)
    counted(db, 90, 95, 100, ago=20, channel="webhook")
    with reader(dsn).connect() as look:
        mail, request = channels(look)

    assert mail.drift is not None
    assert mail.drift < -4
    assert request.drift is None


def test_a_gauge_reads_no_more_than_what_all_came_to(dsn: str, db: Connection) -> None:
    counted(db, 90, 9, 10)
    counted(db, 90, 9, 10, scorer="rules")
    with reader(dsn).connect() as look:
        [found] = together(look)

    assert found.scorers == ()
    assert found.together.curve.decided == 10


def test_a_bound_login_reads_its_own_tenants_decisions_alone(dsn: str, db: Connection) -> None:
    counted(db, 90, 9, 10)
    counted(db, 90, 1, 10, tenant="other")
    login = logins_of(dsn)["reader"]
    [everybody] = read(login)
    db.execute(
        "INSERT INTO outbox.tenancy (login, tenant, bound_by) VALUES (%s, 'other', 'olga')",
        (conninfo_to_dict(login)["user"],),
    )
    [own] = read(login)

    assert everybody.together.curve.decided == 20
    assert (own.together.curve.approved, own.together.curve.decided) == (1, 10)
