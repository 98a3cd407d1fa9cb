"""Scenes of who knocks: with a link, with a password, from a provider."""

from __future__ import annotations

from outbox.people import sessions
from outbox.store import Connection
from tests.ledger.guards.answers import one
from tests.ledger.guards.people import HASH, add, disable, give, move, opened, told


def a_ticket_is_for_its_person_once_and_in_time(db: Connection) -> None:
    give(db)
    give(db, "another")
    assert told(db) == "olga ada ticket, olga ada ticket"
    assert one(db, "SELECT bool_and(expires_at = now() + '10 min') FROM outbox.ticket")
    assert one(db, "SELECT string_agg(DISTINCT person || made_by, '') FROM outbox.ticket") == (
        "adaolga"
    )
    assert sessions.use_ticket(db, "nobody's") is None
    assert sessions.use_ticket(db, "a token") == "ada"
    assert sessions.use_ticket(db, "a token") is None
    move(
        db,
        "ticket",
        "made_at = now() - interval '9 min', expires_at = now()",
    )
    assert sessions.use_ticket(db, "another") is None


def a_password_is_tried_ten_times_by_name(db: Connection) -> None:
    add(db, "Ada")
    for number in range(10):
        tried = sessions.try_password(db, "aDA", f"192.0.2.{number}")
        assert tried is not None
        assert (tried.person, tried.hash) == ("Ada", HASH)
    assert sessions.try_password(db, "ada", "192.0.2.99") is None
    other = sessions.try_password(db, "bob", "192.0.2.99")
    assert other is not None
    assert (other.person, other.hash) == (None, None)
    opened(db, passed=other.number)
    assert one(db, "SELECT count(*) FROM outbox.password_try") == 10
    held = "SELECT count(*) FROM pg_locks WHERE relation = 'outbox.password_try'::regclass"
    assert one(db, held + " AND mode = 'ShareRowExclusiveLock'") == 1
    db.execute("UPDATE outbox.password_try SET at = now() - interval '15 minutes'")
    assert sessions.try_password(db, "ada", "192.0.2.99") is not None
    disable(db)
    shut = sessions.try_password(db, "ada", "192.0.2.99")
    assert shut is not None
    assert shut.hash is None


def a_password_is_tried_thirty_times_from_one_place(db: Connection) -> None:
    for number in range(30):
        assert sessions.try_password(db, f"n{number}", "192.0.2.1") is not None
    assert sessions.try_password(db, "ada", "192.0.2.1") is None
    assert sessions.try_password(db, "ada", "192.0.2.2") is not None


def who_leaves_comes_back_once_and_in_time(db: Connection) -> None:
    for secret in ("one", "two"):
        sessions.begin_oidc(db, secret, f"/{secret}")
    assert one(db, "SELECT bool_and(expires_at = now() + '10 min') FROM outbox.oidc_request")
    assert sessions.end_oidc(db, "three") is None
    assert sessions.end_oidc(db, "one") == "/one"
    assert sessions.end_oidc(db, "one") is None
    db.execute("UPDATE outbox.oidc_request SET expires_at = now()")
    assert sessions.end_oidc(db, "two") is None
    sessions.begin_oidc(db, "four", "/four")
    assert one(db, "SELECT string_agg(next, '') FROM outbox.oidc_request") == "/four"


SCENES = (
    a_ticket_is_for_its_person_once_and_in_time,
    a_password_is_tried_ten_times_by_name,
    a_password_is_tried_thirty_times_from_one_place,
    who_leaves_comes_back_once_and_in_time,
)
