"""Scenes of who may sign in, and who is."""

from __future__ import annotations

import datetime as dt
from typing import Any, LiteralString

from outbox.people import accounts, digest_of, sessions
from outbox.people.sessions import Opening, Way
from outbox.store import Connection
from tests.ledger.guards.answers import answer, one, raw
from tests.ledger.guards.wrong_people import WRONG_PEOPLE
from tests.parts.journey import HOUR

HASH, OTHER = ("$argon2id$v=19$m=65536,t=3,p=4$" + salt for salt in ("x", "y"))
NOW = dt.datetime(2100, 1, 1, tzinfo=dt.UTC)
"""Ahead of time: the database knows better."""
LONG_AGO = dt.datetime(2001, 1, 1, tzinfo=dt.UTC)
MINUTES = dt.timedelta(minutes=10)


def opened(
    db: Connection, person: str = "ada", secret: str = "a secret", **change: Any
) -> int | None:
    usual = {"person": person, "way": Way.ONCE, "agent": "x", "idle": HOUR, "lasts": 12 * HOUR}
    more = {name: change.pop(name) for name in ("replaces", "passed") if name in change}
    opening = Opening(**{**usual, "fresh_at": NOW, **change})
    return sessions.open_session(db, secret, opening, **more)


def holder(db: Connection, secret: str = "a secret") -> object:
    """Whom this secret lets in, and whether the session should be seen again."""
    asked = "SELECT person, stale FROM outbox.session_of(%s)"
    return db.execute(asked, (digest_of(secret),)).fetchone()


def move(db: Connection, table: LiteralString, how: LiteralString) -> None:
    db.execute(f"ALTER TABLE outbox.{table} DISABLE TRIGGER USER".encode())
    db.execute(f"UPDATE outbox.{table} SET {how}".encode())
    db.execute(f"ALTER TABLE outbox.{table} ENABLE TRIGGER USER".encode())


def add(db: Connection, name: str = "ada", hash: str = HASH) -> None:
    accounts.add(db, name, hash=hash, actor="olga")


def disable(db: Connection, name: str = "ada") -> str:
    return answer(db, lambda: accounts.disable(db, name, actor="otto"))


def give(db: Connection, token: str = "a token") -> None:
    accounts.give_ticket(db, token, "ada", good_for=MINUTES, actor="olga")


def every_wrong_person_is_refused_by_name(db: Connection) -> None:
    add(db)
    give(db)
    opened(db)
    for rule, statement in WRONG_PEOPLE:
        assert raw(db, statement) == rule, statement
    assert opened(db, "x" * 200, "long") is not None


def what_has_ended_is_not_changed_any_more(db: Connection) -> None:
    add(db)
    give(db)
    id = opened(db)
    assert sessions.use_ticket(db, "a token") == "ada"
    assert raw(db, "UPDATE outbox.ticket SET used_at = NULL") == "a_ticket_is_used_once"
    assert raw(db, "UPDATE outbox.ticket SET person = 'eve'") == "a_ticket_is_used_once"
    sessions.end(db, actor="olga", id=id)
    again = "UPDATE outbox.session SET revoked_at = NULL, revoked_by = NULL"
    assert raw(db, again) == "a_session_only_goes_on"


def an_account_is_made_and_ended_by_somebody(db: Connection) -> None:
    add(db)
    assert answer(db, lambda: add(db, "ADA")) == "Conflict"
    assert disable(db, "aDa") == "done"
    assert disable(db) == "NotFound"
    assert one(db, "SELECT count(*) FROM outbox.account") == 1
    assert not answer_of_password(db)
    add(db, "Ada", OTHER)
    assert one(db, "SELECT hash FROM outbox.password ORDER BY account_id DESC LIMIT 1") == OTHER
    who = "SELECT string_agg(name || made_by || coalesce(disabled_by, ''), ' ' ORDER BY id)"
    assert one(db, who + " FROM outbox.account") == "adaolgaotto Adaolga"
    assert told(db) == "olga ada added, otto aDa disabled, olga Ada added"
    assert opened(db) is not None


def told(db: Connection) -> object:
    return one(
        db,
        "SELECT string_agg(actor || ' ' || (evidence ->> 'account') || ' '"
        " || (evidence ->> 'change'), ', ' ORDER BY id) FROM outbox.receipt"
        " WHERE kind = 'account' AND role = 'human'",
    )


def answer_of_password(db: Connection, name: str = "ada") -> bool:
    set_ = accounts.set_password
    return answer(db, lambda: set_(db, name, hash=OTHER, actor="otto")) == "done"


def another_password_is_of_one_account_and_ends_what_the_old_one_began(db: Connection) -> None:
    add(db)
    add(db, "bob")
    for person, way in (("ada", Way.PASSWORD), ("ada", Way.ONCE), ("bob", Way.PASSWORD)):
        opened(db, person, f"{person} {way}", way=way)
    assert answer_of_password(db, "ADA")
    hashes = "SELECT string_agg(right(hash, 1), '' ORDER BY account_id) FROM outbox.password"
    assert one(db, hashes) == "yx"
    assert holder(db, "ada password") is None
    assert holder(db, "ada once")
    assert holder(db, "bob password")
    assert str(told(db)).endswith("otto ada password")
    assert (
        one(db, "SELECT revoked_by FROM outbox.session WHERE revoked_at IS NOT NULL") == "otto"
    )


def who_is_shut_out_is_let_in_by_no_way(db: Connection) -> None:
    assert disable(db) == "NotFound"
    opened(db, "eve", "of eve")
    assert disable(db) == "NotFound"
    id = opened(db)
    assert id is not None
    assert (disable(db, "ADA"), disable(db)) == ("done", "NotFound")
    assert one(db, "SELECT revoked_by FROM outbox.session WHERE person = 'ada'") == "otto"
    assert opened(db, secret="another") is None
    assert (holder(db), bool(holder(db, "of eve"))) == (None, True)
    move(db, "session", "revoked_at = NULL, revoked_by = NULL")
    assert holder(db) is None
    assert not sessions.seen(db, id, fresh=True)


def a_session_lets_in_whoever_holds_it_until_it_ends(db: Connection) -> None:
    opened(db)
    assert holder(db) == ("ada", False)
    assert holder(db, "of somebody else") is None
    move(db, "session", "seen_at = now() - interval '61 seconds', fresh_at = '2001-01-01'")
    assert holder(db) == ("ada", True)
    move(db, "session", "seen_at = now() - interval '59 seconds'")
    assert holder(db) == ("ada", False)
    move(db, "session", "idle = '1 minute', seen_at = now() - interval '16 seconds'")
    assert holder(db) == ("ada", True)
    move(db, "session", "seen_at = now() - idle")
    assert holder(db) is None
    move(db, "session", "seen_at = now(), began_at = now() - interval '1h', expires_at = now()")
    assert holder(db) is None


def a_session_is_seen_again_and_made_fresh_only_if_told_so(db: Connection) -> None:
    id, other = opened(db, fresh_at=LONG_AGO), opened(db, "eve", "of eve", fresh_at=LONG_AGO)
    assert id is not None
    assert other is not None
    assert one(db, "SELECT bool_and(fresh_at = '2001-01-01T00:00Z') FROM outbox.session")
    move(db, "session", "seen_at = now() - interval '5 minutes'")
    assert sessions.seen(db, id, fresh=False)
    assert one(db, "SELECT bool_and(fresh_at = '2001-01-01T00:00Z') FROM outbox.session")
    assert one(db, "SELECT count(*) FROM outbox.session WHERE seen_at = now()") == 1
    assert sessions.seen(db, id, fresh=True)
    assert one(db, "SELECT fresh_at = now() FROM outbox.session ORDER BY id LIMIT 1")
    assert opened(db, secret="ahead of time") is not None


def sessions_are_ended_one_by_one_or_of_one_person(db: Connection) -> None:
    ids = [opened(db, person, f"{person}{n}") for n in "12" for person in ("ada", "eve")]
    ada, eve, ada_too, _ = ids
    assert sessions.end(db, actor="olga") == 0
    assert sessions.end(db, actor="ada", id=eve, person="ada") == 0
    assert sessions.end(db, actor="ada", person="ADA", but=ada) == 1
    assert sessions.end(db, actor="ada", id=ada_too) == 0
    assert sessions.end(db, actor="eve", id=eve) == 1
    standing = "SELECT string_agg(person, ' ' ORDER BY id) FROM outbox.session"
    assert one(db, standing + " WHERE revoked_at IS NULL") == "ada eve"
    move(db, "session", "expires_at = now(), began_at = now() - interval '1 hour'")
    assert sessions.end(db, actor="olga", person="ada") == 0


def who_signs_in_again_leaves_the_old_session(db: Connection) -> None:
    opened(db)
    opened(db, "eve", "of eve")
    opened(db, "bob", "new", replaces="a secret")
    assert (holder(db), holder(db, "new")) == (None, ("bob", False))
    assert holder(db, "of eve") == ("eve", False)


SCENES = (
    every_wrong_person_is_refused_by_name,
    what_has_ended_is_not_changed_any_more,
    an_account_is_made_and_ended_by_somebody,
    another_password_is_of_one_account_and_ends_what_the_old_one_began,
    who_is_shut_out_is_let_in_by_no_way,
    a_session_lets_in_whoever_holds_it_until_it_ends,
    a_session_is_seen_again_and_made_fresh_only_if_told_so,
    sessions_are_ended_one_by_one_or_of_one_person,
    who_signs_in_again_leaves_the_old_session,
)
