"""A cap counts the attempts of a window, and is set and lifted by a named person."""

from __future__ import annotations

import datetime as dt

import pytest

from deploy.bench.flat.rewriting import rewriting
from outbox.claim import SEND
from outbox.errors import BadSettings, GateClosed, NotFound
from outbox.ledger import Ledger
from outbox.limits import reading
from outbox.limits.setting import Limits, Scope
from outbox.queries import reader
from outbox.store import Connection
from tests.parts import journey
from tests.parts.journey import HOUR, SECOND, state_of


@pytest.fixture
def limits(db: Connection) -> Limits:
    return Limits(db, actor="grace")


def test_a_cap_that_is_set_at_noon_knows_the_morning(
    db: Connection, limits: Limits, ledger: Ledger
) -> None:
    journey.permitted(db, ledger)
    claim = journey.claimed(db, ledger)

    limits.set_cap(Scope.EVERYTHING, "", most=1, span=HOUR)

    with pytest.raises(GateClosed, match="cap reached"):
        ledger.permit(claim, enough=SECOND)


def test_a_cap_counts_attempts_whatever_became_of_them(
    db: Connection, limits: Limits, ledger: Ledger
) -> None:
    limits.set_cap(Scope.ADDRESS, "", most=1, span=HOUR)
    journey.stranded(db, ledger)
    claim = journey.claimed(db, ledger)

    with pytest.raises(GateClosed, match="cap reached"):
        ledger.permit(claim, enough=SECOND)


def test_what_left_the_window_counts_no_longer(
    db: Connection, limits: Limits, ledger: Ledger
) -> None:
    limits.set_cap(Scope.EVERYTHING, "", most=1, span=HOUR)
    journey.permitted(db, ledger)
    pass_by(db, HOUR)

    journey.permitted(db, ledger)


def pass_by(db: Connection, time: dt.timedelta) -> None:
    """Let so much time have passed since every attempt: no rule of ours could do this."""
    with rewriting(db, "counted"):
        db.execute("UPDATE outbox.counted SET at = at - %s", (time,))


def test_what_a_cap_holds_back_rests_until_its_window_frees_and_keeps_its_approval(
    db: Connection, limits: Limits, ledger: Ledger
) -> None:
    limits.set_cap(Scope.EVERYTHING, "", most=1, span=HOUR)
    journey.permitted(db, ledger)
    claim = journey.claimed(db, ledger)

    ledger.rest(claim, {"gate": "cap_reached"})

    [(due_in_time, claims)] = db.execute(
        "SELECT due_at = (SELECT max(at) + '1 hour' FROM outbox.counted), claims"
        " FROM outbox.intent WHERE id = %s",
        (claim.id,),
    ).fetchall()
    assert (due_in_time, claims, state_of(db, claim.id)) == (True, 0, "approved")
    assert journey.kinds_of(db, claim.id)[-1] == "put_back"
    assert ledger.claim(SEND) == []


def test_a_lifted_cap_counts_no_longer(db: Connection, limits: Limits, ledger: Ledger) -> None:
    id = limits.set_cap(Scope.EVERYTHING, "", most=1, span=HOUR)
    journey.permitted(db, ledger)

    limits.lift_cap(id)

    journey.permitted(db, ledger)
    with pytest.raises(NotFound, match="no cap 1 that stands"):
        limits.lift_cap(id)


def test_a_cap_takes_the_place_of_its_like_and_both_name_their_person(
    dsn: str, db: Connection, limits: Limits
) -> None:
    limits.set_cap(Scope.DOMAIN, "EXAMPLE.org", most=1, span=dt.timedelta(hours=24))
    Limits(db, actor="bob").set_cap(Scope.DOMAIN, "example.org", most=2, span=24 * HOUR)

    with reader(dsn).connect() as connection:
        newer, older = reading.caps(connection)
    assert (older.name, older.set_by, older.lifted_by) == ("example.org", "grace", "bob")
    assert (newer.most, newer.set_by, newer.lifted_by) == (2, "bob", None)
    assert newer.span == 24 * HOUR


@pytest.mark.parametrize(
    ("scope", "name"),
    [(Scope.EVERYTHING, "x"), (Scope.ADDRESS, "nobody"), (Scope.DOMAIN, "a b")],
)
def test_a_cap_on_what_cannot_be_is_refused(limits: Limits, scope: Scope, name: str) -> None:
    with pytest.raises(BadSettings):
        limits.set_cap(scope, name, most=1, span=HOUR)


def test_a_cap_names_a_person(db: Connection) -> None:
    with pytest.raises(BadSettings, match="names who set it"):
        Limits(db, actor=" ")
