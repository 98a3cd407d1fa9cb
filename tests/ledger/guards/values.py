"""Scenes of amounts and of caps on value, and what is taken out of them."""

from __future__ import annotations

from typing import LiteralString

from outbox import Amount, Email
from outbox.limits.setting import Scope
from outbox.store import Connection
from tests.ledger.guards.answers import one, raw
from tests.ledger.guards.leaving import held, limits, permit
from tests.ledger.guards.mutations import Changes
from tests.ledger.guards.tables import UNCHANGED, UNDELETED
from tests.parts import journey
from tests.parts.journey import HOUR

_AMOUNT: LiteralString = "INSERT INTO outbox.amount"
WRONG: tuple[tuple[LiteralString, LiteralString], ...] = (
    ("an_amount_is_of_an_artifact", _AMOUNT + " VALUES (1000, 1, 5, 'EUR')"),
    ("an_amount_is_of_a_currency", _AMOUNT + " SELECT id, 1, 5, NULL FROM outbox.intent"),
    ("an_amount_takes_nothing_off", _AMOUNT + " SELECT id, 1, -5, 'EUR' FROM outbox.intent"),
    ("history_is_only_added_to", "UPDATE outbox.amount SET value = 0"),
    ("history_is_only_added_to", "DELETE FROM outbox.amount"),
    ("history_is_only_added_to", "TRUNCATE outbox.amount"),
)
UNREADABLE = (
    '[{"value":1,"currency":"EUR"}]',
    '{"value":1,"currency":"EUR"},"amount":{"value":1,"currency":"EUR"}',
    '{"value":1,"value":2,"currency":"EUR"}',
    '{"value":1,"currency":"EUR","scale":2}',
    '{"value":"1","currency":"EUR"}',
    '{"value":1,"currency":"EURO"}',
    '{"value":1,"currency":"eur"}',
    '{"value":1.0,"currency":"EUR"}',
    '{"value":-1,"currency":"EUR"}',
    '{"value":9007199254740992,"currency":"EUR"}',
    f'{{"value":{"9" * 200_000},"currency":"EUR"}}',
)


def worth(value: int, currency: str = "EUR") -> Email:
    amount = Amount(value=value, currency=currency)
    return journey.mail().model_copy(update={"amount": amount})


def written(amount: str) -> bytes:
    """A mail in which somebody else wrote this for an amount."""
    return journey.mail().model_dump_json().replace("{", f'{{"amount":{amount},', 1).encode()


def every_wrong_amount_is_refused_by_name(db: Connection) -> None:
    journey.proposed(db)
    for rule, statement in WRONG:
        assert raw(db, statement) == rule, statement


def an_amount_is_read_to_the_letter_or_not_at_all(db: Connection) -> None:
    readable = '{"value":9007199254740991,"currency":"EUR"}'
    for number, amount in enumerate((*UNREADABLE, readable)):
        content = written(amount)
        db.execute("SELECT outbox.submit(%s, 'p', 'email', %s)", (f"k{number}", content))
    journey.proposed(db)
    assert one(db, "SELECT count(*) FROM outbox.amount") == len(UNREADABLE) + 1
    read = "SELECT string_agg(currency || value, ' ') FROM outbox.amount"
    assert one(db, read) == "EUR9007199254740991"


def a_cap_on_value_lets_so_much_through_and_no_more(db: Connection) -> None:
    limits(db).set_cap(Scope.VALUE, "EUR", most=1000, span=HOUR)
    limits(db).set_cap(Scope.PRODUCER, "EUR", most=1, span=HOUR)
    answers = [permit(db, held(db, worth(value))) for value in (600, 401, 400, 0, 1)]
    assert answers == ["done", "cap_reached", "done", "done", "cap_reached"]
    assert permit(db, held(db, worth(1000, "USD"))) == "done"
    assert one(db, "SELECT count(*) FROM outbox.counted WHERE weight < 1") == 0
    assert permit(db, held(db, journey.mail())) == "done"


def what_is_worth_more_than_the_whole_cap_never_leaves_under_it(db: Connection) -> None:
    limits(db).set_cap(Scope.VALUE, "", most=1000, span=HOUR)
    assert permit(db, held(db, worth(1001))) == "above_cap"
    assert permit(db, held(db, worth(1000))) == "done"
    assert permit(db, held(db, worth(1001))) == "above_cap"


def only_the_amount_of_the_latest_version_counts(db: Connection) -> None:
    claim = held(db, worth(5))
    for version, amount in ((2, "null"), (3, '{"value":7,"currency":"USD"}')):
        db.execute(
            "INSERT INTO outbox.artifact (intent_id, version, digest, secret, content,"
            " written_by)"
            " SELECT %s, %s, encode(outbox.hmac(sha256('x'), x), 'hex'), sha256('x'), x, 'eve'"
            " FROM (VALUES (%s::bytea)) AS v (x)",
            (claim.id, version, written(amount)),
        )
    assert permit(db, claim) == "done"
    counted = "SELECT string_agg(name || weight, ' ') FROM outbox.counted"
    assert one(db, counted + " WHERE scope = 'value'") == "EUR5"
    assert one(db, "SELECT sum(weight) FROM outbox.counted WHERE scope <> 'value'") == 5


def what_names_an_amount_that_nobody_can_read_never_leaves(db: Connection) -> None:
    claim = held(db, worth(5))
    db.execute("ALTER TABLE outbox.amount DISABLE TRIGGER USER")
    db.execute("UPDATE outbox.amount SET value = NULL, currency = NULL")
    assert permit(db, claim) == "amount_unknown"


SCENES = (
    every_wrong_amount_is_refused_by_name,
    an_amount_is_read_to_the_letter_or_not_at_all,
    a_cap_on_value_lets_so_much_through_and_no_more,
    what_is_worth_more_than_the_whole_cap_never_leaves_under_it,
    only_the_amount_of_the_latest_version_counts,
    what_names_an_amount_that_nobody_can_read_never_leaves,
)
VALUES: dict[str, Changes] = {
    "limits/amount.sql": (
        (
            "FOREIGN KEY (intent_id, version) REFERENCES outbox.artifact (intent_id, version)",
            "CHECK (true)",
        ),
        ("(value IS NULL) = (currency IS NULL)", "true"),
        ("value >= 0", "true"),
    ),
    "history/amount_is_only_added_to.sql": (UNCHANGED, UNDELETED),
    "limits/every_amount_is_recorded.sql": (("AFTER INSERT", "AFTER UPDATE"),),
    "limits/record_amount.sql": (("named.value, named.currency", "NULL, NULL"),),
    "limits/amount_in.sql": (
        ("cardinality(them) <> 1 OR ", ""),
        (" OR json_typeof(one) <> 'object'", ""),
        ("said IS NULL OR ", ""),
        ("'{currency string,value number}'", "'{currency string,value string}'"),
        ("'^[A-Z]{3}$'", "'^[A-Z]{3}'"),
        ("'^[A-Z]{3}$'", "'^[A-Za-z]{3}$'"),
        ("'^(0|[1-9][0-9]*)$'", "'^-?(0|[1-9][0-9]*)$'"),
        ("< 2 ^ 53::numeric", "<= 2 ^ 53::numeric"),
        ("json_typeof(value)", "'string'"),
    ),
    "limits/scopes_of.sql": (
        (" AND intent.version = amount.version", ""),
        (" AND value > 0", ""),
    ),
    "limits/count_attempt.sql": (("made.id, weight", "made.id, 1"),),
    "limits/caps_on.sql": (("cap.span, mine.weight", "cap.span, 1::bigint"),),
    "limits/own_limits.sql": (
        (" AND amount.version = intent.version", ""),
        ("AND value IS NULL", ""),
        ("AND value IS NULL", "AND false"),
    ),
    "limits/limits.sql": (
        ("WHERE weight > most", "WHERE weight >= most"),
        ("WHERE weight > most", "WHERE false"),
        ("sum(weight)", "count(*)"),
    ),
}
