"""Scenes of a yes that comes after reading, and of what nobody writes by hand."""

from __future__ import annotations

from functools import partial
from typing import LiteralString

from outbox.canonical import written
from outbox.desk import Desk
from outbox.store import Connection
from tests.ledger.guards.answers import answer, one, raw
from tests.parts import journey
from tests.parts.attention import ask, no, read, yes

DWELL = {"least": "3s", "per_kilobyte": "10s", "most": "1m"}
WRONG: tuple[tuple[str, LiteralString], ...] = (
    (
        "it_is_opened_once",
        "INSERT INTO outbox.look SELECT 'eve', id, 1, '', at FROM outbox.intent,"
        " unnest(ARRAY['now'::timestamptz, 'tomorrow']) AS at",
    ),
    (
        "a_verdict_is_a_yes_or_a_no",
        "INSERT INTO outbox.verdict (person, intent, version, said, batch, hasty)"
        " SELECT 'eve', id, 1, 'deferred', '', false FROM outbox.intent",
    ),
    (
        "it_is_known_why_somebody_is_tightened",
        "INSERT INTO outbox.tightening (person, because, until) VALUES ('e', 'x', 'tomorrow')",
    ),
    (
        "a_tightening_ends",
        "INSERT INTO outbox.tightening (person, because, until)"
        " VALUES ('e', 'hasty', 'infinity')",
    ),
    (
        "a_tightening_ends",
        "INSERT INTO outbox.tightening (person, because, until) VALUES ('e', 'hasty', 'now')",
    ),
    ("nobody_is_spared_a_yes", "UPDATE outbox.approval SET extra = -1"),
    *(
        ("history_is_only_added_to", statement)
        for statement in (
            "UPDATE outbox.decoy SET flaw = ''",
            "DELETE FROM outbox.decoy",
            "UPDATE outbox.met SET caught = true",
            "DELETE FROM outbox.met",
            "TRUNCATE outbox.met",
            "UPDATE outbox.verdict SET took = '1 d'",
            "DELETE FROM outbox.verdict",
            "TRUNCATE outbox.verdict",
            "UPDATE outbox.second_look SET agreed = true",
            "DELETE FROM outbox.second_look",
            "TRUNCATE outbox.second_look",
            "UPDATE outbox.tightening SET until = now()",
            "DELETE FROM outbox.tightening",
            "TRUNCATE outbox.tightening",
            "UPDATE outbox.draw SET key = ''",
            "DELETE FROM outbox.draw",
            "TRUNCATE outbox.draw",
        )
    ),
)
VERDICTS: LiteralString = (
    "SELECT coalesce(string_agg(concat_ws(' ', person, said, batch <> '', hasty,"
    " round(extract(epoch FROM took))), ', ' ORDER BY id), '') FROM outbox.verdict"
)


def no_rule_of_attention_is_broken_by_hand(db: Connection) -> None:
    journey.approved(db)
    for rule, statement in WRONG:
        assert raw(db, statement) == rule, statement


def letter(db: Connection, kilobytes: float = 2) -> int:
    """A mail of so many kilobytes that waits for a yes."""
    mail = journey.mail("x").model_copy(update={"text": ""})
    rest = int(kilobytes * 1024) - len(written(mail))
    return journey.awaiting(db, mail.model_copy(update={"text": "x" * rest})).id


def a_yes_comes_after_reading(db: Connection) -> None:
    ask(db, dwell=DWELL)
    id = letter(db)
    assert answer(db, partial(yes, db, id)) == "Unread"
    read(db, id, by="bob", seconds=100)
    read(db, id, by="Ada", seconds=22)
    assert answer(db, partial(yes, db, id)) == "Unread"
    read(db, id, by="ada", seconds=2)
    assert answer(db, partial(yes, db, id, " ADA")) == "done"
    assert one(db, VERDICTS) == "ada approved f f 24"
    huge, other = letter(db, 50), letter(db)
    read(db, huge, by="cy", seconds=59)
    assert answer(db, partial(yes, db, huge, "cy")) == "Unread"
    read(db, huge, by="cy", seconds=2)
    assert answer(db, partial(yes, db, huge, "cy")) == "done"
    assert answer(db, partial(no, db, other, "dan")) == "done"
    assert str(one(db, VERDICTS)).endswith(", dan rejected f f")


def nobody_reads_two_at_once(db: Connection) -> None:
    ask(db, dwell=DWELL)
    first, second = letter(db), letter(db)
    read(db, first, seconds=60)
    read(db, second, seconds=60)
    assert answer(db, partial(yes, db, first)) == "done"
    assert answer(db, partial(yes, db, second)) == "Unread"
    read(db, second, by="bob", seconds=60)
    assert answer(db, partial(yes, db, second, "bob")) == "done"


def several_on_one_page_are_read_as_one_and_each_takes_its_least(db: Connection) -> None:
    ask(db, dwell=DWELL)
    ids = [letter(db) for _ in range(3)]
    read(db, letter(db))
    read(db, *ids, by="bob")
    read(db, *ids, seconds=28)
    assert answer(db, partial(yes, db, ids[0])) == "Unread"
    read(db, *ids, seconds=2)
    assert [answer(db, partial(yes, db, id)) for id in ids] == ["done"] * 3
    assert str(one(db, VERDICTS)).count("ada approved t f") == 3
    more = [letter(db) for _ in range(2)]
    read(db, *more, seconds=60)
    assert answer(db, partial(yes, db, more[0])) == "Unread"


def what_waits_for_nobody_is_not_noted_nor_is_anything_unasked(db: Connection) -> None:
    id = letter(db)
    read(db, id, seconds=60)
    assert yes(db, id) == 0
    other = letter(db)
    no(db, other)
    ask(db)
    read(db, other)
    assert one(db, "SELECT count(*) FROM outbox.look") == 0
    assert one(db, VERDICTS) == ""
    third = letter(db)
    assert yes(db, third) == 0
    assert one(db, VERDICTS) == "ada approved f f"


def another_version_is_read_anew(db: Connection) -> None:
    ask(db, dwell=DWELL)
    id = letter(db)
    read(db, id, seconds=60)
    Desk(db, actor="bob").edit(id, journey.mail("Mended"), digest=journey.seen(db, id))
    journey.score_and_route(db)
    assert answer(db, partial(yes, db, id)) == "Unread"


SCENES = (
    no_rule_of_attention_is_broken_by_hand,
    a_yes_comes_after_reading,
    nobody_reads_two_at_once,
    several_on_one_page_are_read_as_one_and_each_takes_its_least,
    what_waits_for_nobody_is_not_noted_nor_is_anything_unasked,
    another_version_is_read_anew,
)
