"""A cap on value: so much of a currency in a window, in its smallest unit."""

from __future__ import annotations

import datetime as dt

import pytest

from outbox import Amount, Email
from outbox.claim import SEND, Claim
from outbox.desk import Desk
from outbox.errors import BadSettings, GateClosed
from outbox.ledger import Ledger
from outbox.limits.setting import Limits, Scope
from outbox.store import Connection
from tests.ledger.test_caps import pass_by
from tests.parts import journey
from tests.parts.journey import HOUR, SECOND


def worth(value: int, currency: str = "EUR") -> Email:
    amount = Amount(value=value, currency=currency)
    return journey.mail().model_copy(update={"amount": amount})


def claimed(db: Connection, ledger: Ledger, artifact: Email) -> Claim:
    """It, approved, in a sender's hands."""
    intent = journey.proposed(db, artifact)
    journey.score_and_route(db)
    Desk(db, actor="ada").approve(intent.id, digest=journey.seen(db, intent.id), valid_for=HOUR)
    journey.switch_on(db)
    [claim] = ledger.claim(SEND)
    return claim


def permitted(db: Connection, ledger: Ledger, artifact: Email) -> None:
    ledger.permit(claimed(db, ledger, artifact), enough=SECOND)


@pytest.fixture
def cap(db: Connection) -> int:
    """At most 10.00 EUR in an hour."""
    return Limits(db, actor="grace").set_cap(Scope.VALUE, "eur", most=1000, span=HOUR)


@pytest.mark.usefixtures("cap")
def test_a_cap_is_filled_to_its_last_unit_and_not_by_one_more(
    db: Connection, ledger: Ledger
) -> None:
    permitted(db, ledger, worth(600))
    permitted(db, ledger, worth(399))
    with pytest.raises(GateClosed, match="cap reached"):
        permitted(db, ledger, worth(2))
    permitted(db, ledger, worth(1))
    permitted(db, ledger, worth(0))


@pytest.mark.usefixtures("cap")
def test_another_currency_and_what_names_no_amount_do_not_count(
    db: Connection, ledger: Ledger
) -> None:
    permitted(db, ledger, worth(1000))

    permitted(db, ledger, worth(1000, "USD"))
    permitted(db, ledger, journey.mail())


def test_without_a_name_each_currency_is_capped_by_itself(
    db: Connection, ledger: Ledger
) -> None:
    Limits(db, actor="grace").set_cap(Scope.VALUE, "", most=1000, span=HOUR)

    for currency in ("EUR", "USD"):
        permitted(db, ledger, worth(1000, currency))
        with pytest.raises(GateClosed, match="cap reached"):
            permitted(db, ledger, worth(1, currency))


@pytest.mark.usefixtures("cap")
def test_it_rests_until_enough_has_left_the_window_for_all_of_it(
    db: Connection, ledger: Ledger
) -> None:
    for value in (500, 400, 100):
        permitted(db, ledger, worth(value))
        pass_by(db, dt.timedelta(minutes=10))
    claim = claimed(db, ledger, worth(600))

    limits = db.execute("SELECT * FROM outbox.limits(%s, now())", (claim.id,)).fetchall()
    ledger.rest(claim, {"gate": "cap_reached"})

    second = "SELECT at + interval '1 hour' FROM outbox.counted WHERE weight = 400"
    [(frees,)] = db.execute(second).fetchall()
    assert limits == [("cap_reached", frees)]
    due = "SELECT due_at FROM outbox.intent WHERE state = 'approved'"
    assert db.execute(due).fetchall() == [(frees,)]


@pytest.mark.usefixtures("cap")
def test_what_is_worth_more_than_the_whole_cap_is_a_persons_business(
    db: Connection, ledger: Ledger
) -> None:
    claim = claimed(db, ledger, worth(1001))

    limits = db.execute("SELECT * FROM outbox.limits(%s, now())", (claim.id,)).fetchall()

    assert limits == [("above_cap", None)]
    with pytest.raises(GateClosed, match="above cap"):
        ledger.permit(claim, enough=SECOND)


@pytest.mark.parametrize(
    ("name", "most"), [("EURO", 1), ("E1R", 1), ("€", 1), ("EUR", 0), ("EUR", 2**53)]
)
def test_a_cap_on_what_is_no_currency_or_no_amount_is_refused(
    db: Connection, name: str, most: int
) -> None:
    with pytest.raises(BadSettings):
        Limits(db, actor="grace").set_cap(Scope.VALUE, name, most=most, span=HOUR)
