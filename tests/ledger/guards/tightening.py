"""Scenes of who is tightened for a while, and of how people's decisions are counted."""

from __future__ import annotations

from functools import partial
from typing import LiteralString

from outbox.store import Connection
from tests.ledger.guards.answers import answer, one
from tests.ledger.guards.attending import letter
from tests.parts import journey
from tests.parts.attention import ask, decoy, no, read, yes
from tests.parts.granting import given
from tests.parts.policies import tier

TIGHTEN = {"missed": 2, "hasty": 2, "pace": "100s", "lasts": "7d"}
TIGHTENED: LiteralString = (
    "SELECT coalesce(string_agg(concat_ws(' ', person, because), ', ' ORDER BY id), '')"
    " FROM outbox.tightening"
)
COUNTED: LiteralString = (
    "SELECT coalesce(string_agg(concat_ws(' ', person, approved, rejected, sent_back,"
    " round(extract(epoch FROM took)), hasty, caught, missed, seconded, overruled,"
    " tightened_until IS NOT NULL), ', ' ORDER BY person), '') FROM outbox.attention(30)"
)
NUMBERS: LiteralString = (
    "SELECT concat_ws(' ', decoys_caught, decoys_missed, overruled, tightened)"
    " FROM outbox.attention_numbers()"
)


def who_misses_decoys_needs_one_more_for_a_while(db: Connection) -> None:
    ask(db, tighten=TIGHTEN)
    for _ in range(2):
        no(db, decoy(db), "bob")
        yes(db, decoy(db), "cy")
        assert one(db, TIGHTENED) in ("", "cy missed")
    yes(db, decoy(db), "Dan")
    assert one(db, TIGHTENED) == "cy missed"
    yes(db, decoy(db), "dan ")
    assert one(db, TIGHTENED) == "cy missed, dan missed"
    told: LiteralString = (
        "SELECT string_agg(concat_ws(' ', role, actor, evidence ->> 'because',"
        " evidence ->> 'times', (evidence ->> 'until')::timestamptz - now() > '6 d'), ', '"
        " ORDER BY id) FROM outbox.receipt WHERE kind = 'tightened'"
    )
    assert one(db, told) == "human cy missed 2 t, human dan  missed 2 t"
    yes(db, decoy(db), "cy")
    assert one(db, TIGHTENED) == "cy missed, dan missed"
    id, other = letter(db), letter(db)
    assert yes(db, id, " CY") == 1
    assert yes(db, id, "dan") == 0
    assert yes(db, other, "eve") == 0
    assert one(db, OPENLY) == "true false"


OPENLY: LiteralString = (
    "SELECT string_agg((evidence ? 'tightened_until')::text, ' ' ORDER BY id)"
    " FROM (SELECT DISTINCT ON (kind) id, evidence FROM outbox.receipt"
    " WHERE kind IN ('endorsed', 'approved') ORDER BY kind DESC, id DESC) AS last"
)


def who_is_hasty_needs_one_more_for_a_while(db: Connection) -> None:
    ask(db, tighten=TIGHTEN)
    slow, *fast = (letter(db, 1) for _ in range(5))
    read(db, slow, seconds=101)
    assert yes(db, slow) == 0
    for id, more in ((fast[0], 0), (fast[1], 1)):
        read(db, id, seconds=1)
        assert yes(db, id) == more
    read(db, fast[3], by="bob", seconds=1)
    no(db, fast[3], "bob")
    assert one(db, "SELECT bool_or(hasty) FROM outbox.verdict WHERE person = 'bob'") is False
    assert one(db, TIGHTENED) == "ada hasty"
    assert yes(db, fast[2]) == 1
    assert one(db, TIGHTENED) == "ada hasty"


def one_more_is_above_what_the_policy_asks_and_it_ends_by_itself(db: Connection) -> None:
    ask(db, tier(2), tighten={**TIGHTEN, "missed": 1})
    id, other = letter(db), letter(db)
    yes(db, decoy(db))
    assert yes(db, id, "bob") == 1
    assert yes(db, id, "ada") == 1
    assert yes(db, id, "cy") == 0
    assert answer(db, partial(given, db, giver="Ada", signer=None)) == "Conflict"
    assert answer(db, partial(given, db, giver="bob", signer=None)) == "done"
    db.execute("ALTER TABLE outbox.tightening DISABLE TRIGGER history_is_only_added_to")
    db.execute(
        "UPDATE outbox.tightening SET since = since - interval '8 d',"
        " until = now() - interval '1 s'"
    )
    assert yes(db, other, "ada") == 1
    assert yes(db, other, "bob") == 0
    assert answer(db, partial(given, db, giver="ada", signer=None)) == "done"


def what_has_counted_once_counts_no_more(db: Connection) -> None:
    ask(db, tighten={**TIGHTEN, "missed": 1})
    yes(db, decoy(db))
    yes(db, decoy(db), "bob")
    yes(db, decoy(db))
    assert one(db, TIGHTENED) == "ada missed, bob missed, ada missed"
    ask(db)
    yes(db, decoy(db))
    assert str(one(db, TIGHTENED)).count("missed") == 3


def decisions_are_counted_without_decoys_and_without_the_silent(db: Connection) -> None:
    assert one(db, COUNTED) == ""
    ask(db, second={"one_in": 1}, tighten=TIGHTEN)
    first, second, third = (letter(db, 1) for _ in range(3))
    read(db, first, seconds=10)
    yes(db, first, "Ada")
    yes(db, first, "bob")
    yes(db, second, "ada")
    no(db, second, "bob")
    journey.send_back(db, third)
    yes(db, decoy(db), "cy")
    no(db, decoy(db), "cy")
    read(db, letter(db), by="silent", seconds=5)
    assert one(db, COUNTED) == (
        "ada 2 0 1 10 1 0 0 2 1 f, bob 1 1 0 0 0 0 0 0 f, cy 0 0 0 0 1 1 0 0 f"
    )
    assert one(db, NUMBERS) == "1 1 1 0"
    yes(db, decoy(db), "cy")
    assert one(db, NUMBERS) == "1 2 1 1"
    assert str(one(db, COUNTED)).endswith("cy 0 0 0 0 1 2 0 0 t")


def what_is_over_or_long_ago_is_no_number_any_more(db: Connection) -> None:
    ask(db, second={"one_in": 1}, tighten={**TIGHTEN, "missed": 1})
    id = letter(db)
    yes(db, id)
    no(db, id, "bob")
    yes(db, decoy(db), "cy")
    no(db, decoy(db), "cy")
    assert one(db, NUMBERS) == "1 1 1 1"
    db.execute("ALTER TABLE outbox.tightening DISABLE TRIGGER USER")
    db.execute("UPDATE outbox.tightening SET since = now() - interval '1 d', until = now()")
    assert one(db, NUMBERS) == "1 1 1 0"
    for table in ("met", "verdict", "second_look"):
        db.execute(f"ALTER TABLE outbox.{table} DISABLE TRIGGER USER".encode())
        db.execute(f"UPDATE outbox.{table} SET at = at - interval '31 d'".encode())
    assert one(db, COUNTED) == ""
    assert one(db, NUMBERS) == "0 0 0 0"


def what_others_do_and_what_is_caught_counts_for_nobody(db: Connection) -> None:
    ask(db, tighten=TIGHTEN)
    yes(db, decoy(db))
    for _ in range(2):
        yes(db, decoy(db), "bob")
    yes(db, decoy(db))
    assert one(db, TIGHTENED) == "bob missed, ada missed"
    no(db, decoy(db), "cy")
    yes(db, decoy(db), "cy")
    for hasty in ("dan", "eve"):
        id = letter(db, 1)
        read(db, id, by=hasty, seconds=1)
        yes(db, id, hasty)
    assert one(db, TIGHTENED) == "bob missed, ada missed"


SCENES = (
    who_misses_decoys_needs_one_more_for_a_while,
    who_is_hasty_needs_one_more_for_a_while,
    one_more_is_above_what_the_policy_asks_and_it_ends_by_itself,
    what_has_counted_once_counts_no_more,
    decisions_are_counted_without_decoys_and_without_the_silent,
    what_is_over_or_long_ago_is_no_number_any_more,
    what_others_do_and_what_is_caught_counts_for_nobody,
)
