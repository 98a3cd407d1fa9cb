"""A search finds what is asked for, and says where it has not looked."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy

from outbox import Email, Proposal, submit
from outbox.desk import Desk
from outbox.errors import BadSearch
from outbox.intent import Intent
from outbox.search.asking import asked
from outbox.search.finding import found
from outbox.search.looking import MOST
from outbox.store import Connection
from tests.parts import journey


def proposed(db: Connection, key: str, *to: str, subject: str = "x", agent: str = "a") -> int:
    mail = Email(
        sender="a@example.com", to=to or ("ada@example.org",), subject=subject, text="x"
    )
    return submit(db, Proposal(artifact=mail, key=key, producer=agent)).id


def ids(look: sqlalchemy.Connection, line: str) -> list[int]:
    return [row.id for row in found(look, asked(line)).rows]


@pytest.fixture
def three(db: Connection) -> list[int]:
    """Three intents that have little in common."""
    made = [
        proposed(db, "k1", "ada@example.org", subject="Final Notice", agent="billing"),
        proposed(db, "k2", "bob@example.org", "ada@example.net", agent="support"),
        proposed(db, "k 3", "carol@example.com", subject="your final order", agent="support"),
    ]
    journey.score_and_route(db, confidence=0.4)
    Desk(db, actor="ada").reject(made[2], reason="no")
    db.execute(
        "UPDATE outbox.intent SET created_at = ('2026-10-0' || id || 'T12:00Z')::timestamptz"
    )
    return made


@pytest.mark.parametrize(
    ("line", "places"),
    [
        ("", [2, 1, 0]),
        ("to:ADA@example.org", [0]),
        ("to:@example.org", [1, 0]),
        ("to:@example.org to:@example.net", [1]),
        ("to:ada@example.net to:ada@example.org", []),
        ("agent:support", [2, 1]),
        ("agent:Support", []),
        ("state:rejected", [2]),
        ("state:in_review state:rejected", []),
        ("score:<0.6", [2, 1, 0]),
        ("score:>=0.4 score:<=0.4", [2, 1, 0]),
        ("score:=0.4 state:in_review", [1, 0]),
        ("score:<0.4", []),
        ('key:"k 3"', [2]),
        ("key:k", []),
        ("id:1", [0]),
        ("id:99", []),
        ("FINAL", [2, 0]),
        ("final notice", [0]),
        ('"final n"', [0]),
        ("%", []),
        ("before:2026-10-02", [0]),
        ("after:2026-10-02", [2, 1]),
        ("after:2026-10-02T12:00 before:2026-10-02T12:01", [1]),
        ("agent:support final to:carol@example.com state:rejected score:<.5 id:3", [2]),
    ],
)
def test_all_that_is_said_must_be_so(
    look: sqlalchemy.Connection, three: list[int], line: str, places: list[int]
) -> None:
    assert ids(look, line) == [three[place] for place in places]


def test_what_an_edit_took_out_is_not_found(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    intent = journey.awaiting(db, journey.mail("Old words", to="old@example.org"))
    new = journey.mail("New words", to="new@example.org")
    Desk(db, actor="ada").edit(intent.id, new, digest=journey.seen(db, intent.id))

    assert ids(look, "to:old@example.org") == ids(look, "old words") == []
    assert ids(look, "score:>0.1") == []
    assert ids(look, "to:new@example.org new words") == [intent.id]


@pytest.mark.parametrize("line", ["", "to:@example.org", "score:=0.4", "state:in_review"])
def test_pages_of_a_search_go_both_ways(
    db: Connection, look: sqlalchemy.Connection, line: str
) -> None:
    made = [proposed(db, f"key {number}") for number in range(5)][::-1]
    journey.score_and_route(db, confidence=0.4)
    what = asked(line)

    first = found(look, what, size=2)
    second = found(look, what, size=2, after=first.later)
    last = found(look, what, size=2, after=second.later)
    back = found(look, what, size=2, before=last.earlier)
    front = found(look, what, size=2, before=back.earlier)

    assert [row.id for page in (first, second, last) for row in page.rows] == made
    assert [row.id for page in (front, back) for row in page.rows] == made[:4]
    assert (first.earlier, last.later, front.earlier) == (None, None, None)
    assert all(page.whole for page in (first, second, last, back, front))


@pytest.mark.parametrize("place", ["x", "-1", "1;", "9" * 19])
def test_what_is_no_place_is_refused(look: sqlalchemy.Connection, place: str) -> None:
    with pytest.raises(BadSearch, match="no place"):
        found(look, asked(""), after=place)


def many(db: Connection, first: Intent) -> int:
    """So many more like the first that nobody looks at all of them; gives back the last."""
    for table, columns in (
        ("intent", "producer, channel, state, moved_by, digest"),
        ("artifact", "digest, secret, content, written_by"),
        ("recipient", "address, domain"),
    ):
        db.execute(f"ALTER TABLE outbox.{table} DISABLE TRIGGER ALL".encode())
        own = "id, idempotency_key" if table == "intent" else "intent_id, version"
        new = "n, 'many-' || n" if table == "intent" else "n, 1"
        of = "id" if table == "intent" else "intent_id"
        db.execute(
            f"INSERT INTO outbox.{table} ({own}, {columns}) OVERRIDING SYSTEM VALUE"
            f" SELECT {new}, {columns} FROM outbox.{table}, generate_series(2, {MOST + 2}) AS n"
            f" WHERE {of} = {first.id}".encode()
        )
    return MOST + 2


def test_a_search_says_that_it_has_not_looked_everywhere_and_goes_on_from_there(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    rare = journey.proposed(db, journey.mail("Zeppelin"))
    db.execute(
        "UPDATE outbox.intent SET created_at = now() - interval '30 minutes' WHERE id = %s",
        (rare.id,),
    )
    last = many(db, rare)
    moment = dt.datetime.now(dt.UTC) - dt.timedelta(minutes=15)
    what = asked(f"to:@example.org agent:tests before:{moment:%Y-%m-%dT%H:%M}")

    first = found(look, what)
    then = found(look, what, after=first.later)

    assert (first.rows, first.whole, then.whole) == ((), False, True)
    assert first.later == str(last - MOST + 1)
    assert [row.id for row in then.rows] == [rare.id]


def test_a_rare_value_is_found_among_many_frequent_ones(
    db: Connection, look: sqlalchemy.Connection
) -> None:
    first = journey.proposed(db)
    rare = first
    many(db, first)
    db.execute(
        "UPDATE outbox.recipient SET address = 'rare@example.org' WHERE intent_id = %s",
        (rare.id,),
    )

    page = found(look, asked("to:rare@example.org to:@example.org agent:tests"))

    assert ([row.id for row in page.rows], page.whole) == ([rare.id], True)
