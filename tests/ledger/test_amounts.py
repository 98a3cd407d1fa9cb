"""What an artifact is about in money, the database reads off its bytes."""

from __future__ import annotations

import pytest

from outbox import Amount
from outbox.claim import SEND, Claim
from outbox.desk import Desk
from outbox.errors import BadArtifact, GateClosed
from outbox.ledger import Ledger
from outbox.store import Connection
from tests.parts import journey
from tests.parts.journey import HOUR, SECOND

READ = "SELECT version, value, currency FROM outbox.amount ORDER BY version"


def in_hand(db: Connection, ledger: Ledger, amount: str) -> Claim:
    """An approved mail in which a foreign client wrote this for an amount."""
    content = journey.mail().model_dump_json().replace("{", f'{{"amount":{amount},', 1)
    db.execute("SELECT outbox.submit('k', 'p', 'email', %s)", (content.encode(),))
    journey.score_and_route(db)
    [(id,)] = db.execute("SELECT id FROM outbox.intent").fetchall()
    Desk(db, actor="ada").approve(id, digest=journey.seen(db, id), valid_for=HOUR)
    journey.switch_on(db)
    [claim] = ledger.claim(SEND)
    return claim


def test_an_amount_is_recorded_with_each_version(db: Connection, desk: Desk) -> None:
    intent = journey.awaiting(db)
    costly = journey.mail().model_copy(update={"amount": Amount(value=1250, currency="EUR")})

    edited = desk.edit(intent.id, costly, digest=journey.seen(db, intent.id))
    journey.score_and_route(db)
    desk.edit(intent.id, journey.mail(), digest=journey.seen(db, edited.id))

    assert db.execute(READ).fetchall() == [(2, 1250, "EUR")]


@pytest.mark.parametrize("value", [0, 2**53 - 1])
def test_the_least_and_the_largest_amount_leave(
    db: Connection, ledger: Ledger, value: int
) -> None:
    claim = in_hand(db, ledger, f'{{"value":{value},"currency":"EUR"}}')

    ledger.permit(claim, enough=SECOND)

    counted = "SELECT name, weight FROM outbox.counted WHERE scope = 'value'"
    assert db.execute(counted).fetchall() == [("EUR", value)] * (value > 0)


@pytest.mark.parametrize(
    "amount",
    [
        "12",
        "[]",
        '{"value":12}',
        '{"value":12,"currency":"eur"}',
        '{"value":12,"currency":"EUR\\n"}',
        '{"value":12,"currency":null}',
        '{"value":"12","currency":"EUR"}',
        '{"value":-1,"currency":"EUR"}',
        '{"value":12.0,"currency":"EUR"}',
        '{"value":1e3,"currency":"EUR"}',
        '{"value":9007199254740992,"currency":"EUR"}',
        '{"value":1,"currency":"EUR","scale":3}',
        pytest.param(f'{{"value":{"9" * 200_000},"currency":"EUR"}}', id="too many digits"),
    ],
)
def test_what_names_an_amount_that_nobody_can_read_is_held_but_never_approved(
    db: Connection, ledger: Ledger, amount: str
) -> None:
    with pytest.raises(BadArtifact, match="could never be sent"):
        in_hand(db, ledger, amount)

    assert db.execute(READ).fetchall() == [(1, None, None)]


@pytest.mark.parametrize(
    "amount",
    [
        "null",
        '{"value":1,"value":1000,"currency":"EUR"}',
        '{"value":1,"currency":"EUR"},"am\\u006funt":{"value":1000,"currency":"EUR"}',
    ],
)
def test_what_names_an_amount_that_two_readers_read_differently_never_leaves(
    db: Connection, ledger: Ledger, amount: str
) -> None:
    claim = in_hand(db, ledger, amount)

    with pytest.raises(GateClosed, match="amount unknown"):
        ledger.permit(claim, enough=SECOND)

    assert db.execute(READ).fetchall() == [(1, None, None)]
    assert db.execute("SELECT FROM outbox.attempt").fetchall() == []
