"""Scenes of what a person's device is asked, and what is taken out of it."""

from __future__ import annotations

from dataclasses import replace
from typing import LiteralString

from outbox.authority.challenges import Asking, Purpose, add, ask, made_by, take
from outbox.store import Connection
from tests.ledger.guards.answers import answer, one, raw
from tests.ledger.guards.mutations import Changes

ADA = Asking(session=1, person="ada", purpose=Purpose.APPROVAL)
FIRST, SECOND = b"1" * 32, b"2" * 32
ASKED: LiteralString = (
    "INSERT INTO outbox.challenge (session, person, purpose, challenge, content, expires_at)"
)
MADE: LiteralString = "INSERT INTO outbox.passkey (person, name, content)"
SOON: LiteralString = "now() + interval '1 minute')"
OTHERS = (
    replace(ADA, session=2),
    replace(ADA, person="bob"),
    replace(ADA, purpose=Purpose.PASSKEY),
)
WRONG: tuple[tuple[LiteralString, LiteralString], ...] = (
    (
        "a_challenge_is_of_32_bytes",
        ASKED + " VALUES (1, 'ada', 'approval', 'short', 'x', " + SOON,
    ),
    (
        "a_challenge_is_for_a_known_purpose",
        ASKED + " VALUES (1, 'ada', 'revocation', sha256('x'), 'x', " + SOON,
    ),
    (
        "a_challenge_names_a_person",
        ASKED + " VALUES (1, '', 'approval', sha256('x'), 'x', " + SOON,
    ),
    (
        "a_challenge_is_short",
        ASKED + " SELECT 1, 'ada', 'approval', sha256('x'), x, now()"
        " FROM convert_to(repeat('x', 65537), 'UTF8') AS x",
    ),
    (
        "a_challenge_is_answered_within_minutes",
        ASKED + " VALUES (1, 'ada', 'approval', sha256('x'), 'x', now() + interval '11 min')",
    ),
    ("challenge_pkey", ASKED + " SELECT 2, 'bob', purpose, challenge, 'x', expires_at"
     " FROM outbox.challenge"),
    ("a_passkey_names_a_person", MADE + " VALUES ('', 'passkey-2', 'x')"),
    ("a_passkey_is_made_once", MADE + " VALUES ('bob', 'passkey-1', 'x')"),
    (
        "a_passkey_is_short",
        MADE + " SELECT 'ada', 'passkey-2', x FROM convert_to(repeat('x', 8193), 'UTF8') AS x",
    ),
)  # fmt: skip
KEPT: tuple[LiteralString, ...] = (
    "UPDATE outbox.challenge SET content = 'y'",
    "TRUNCATE outbox.challenge",
    "UPDATE outbox.passkey SET person = 'eve'",
    "DELETE FROM outbox.passkey",
    "TRUNCATE outbox.passkey",
)


def what_was_asked_stays_as_it_was_asked(db: Connection) -> None:
    ask(db, ADA, FIRST, b"yes")
    add(db, "passkey-1", "ada", b"{}")
    for rule, statement in WRONG:
        assert raw(db, statement) == rule, statement
    for statement in KEPT:
        assert raw(db, statement) == "history_is_only_added_to", statement


def a_challenge_is_answered_once_by_whom_it_was_asked(db: Connection) -> None:
    ask(db, ADA, FIRST, b"yes")
    ask(db, ADA, SECOND, b"no")
    for other in OTHERS:
        assert answer(db, lambda other=other: take(db, other, FIRST)) == "Conflict", other  # type: ignore[misc]
    assert take(db, ADA, FIRST) == b"yes"
    assert answer(db, lambda: take(db, ADA, FIRST)) == "Conflict"
    assert take(db, ADA, SECOND) == b"no"


def nobody_answers_too_late_and_what_is_too_late_goes(db: Connection) -> None:
    late: LiteralString = (
        ASKED + " VALUES (1, 'ada', 'approval', sha256('late'), 'x', now() - interval '1 s')"
    )
    assert raw(db, late) == "done"
    [(challenge,)] = db.execute("SELECT challenge FROM outbox.challenge").fetchall()
    assert answer(db, lambda: take(db, ADA, challenge)) == "Conflict"
    assert one(db, "SELECT count(*) FROM outbox.challenge") == 1
    ask(db, ADA, FIRST, b"yes")
    ask(db, ADA, SECOND, b"yes")
    assert one(db, "SELECT count(*) FROM outbox.challenge WHERE purpose = 'approval'") == 2
    left: LiteralString = "SELECT bool_and(expires_at = now() + '5 minutes')"
    assert one(db, left + " FROM outbox.challenge") is True


def a_passkey_is_kept_as_it_was_made(db: Connection) -> None:
    add(db, "passkey-1", "ada", b"{}")
    add(db, "passkey-2", "bob", b"[]")
    [made] = made_by(db, "ada")
    assert (made.name, made.content) == ("passkey-1", b"{}")
    assert answer(db, lambda: add(db, "passkey-1", "bob", b"[]")) == "Conflict"


SCENES = (
    what_was_asked_stays_as_it_was_asked,
    a_challenge_is_answered_once_by_whom_it_was_asked,
    nobody_answers_too_late_and_what_is_too_late_goes,
    a_passkey_is_kept_as_it_was_made,
)

UNASKED: dict[str, Changes] = {
    "passkeys/challenge.sql": (
        ("  PRIMARY KEY", ""),
        ("octet_length(challenge) = 32", "true"),
        ("purpose IN ('passkey', 'approval', 'grant', 'delegation')", "true"),
        ("CHECK (person <> '')", "CHECK (true)"),
        ("octet_length(content) <= 65536", "true"),
        ("expires_at <= asked_at + interval '10 minutes'", "true"),
    ),
    "passkeys/passkey.sql": (
        ("PRIMARY KEY (name)", "PRIMARY KEY (name, person)"),
        ("CHECK (person <> '')", "CHECK (true)"),
        ("octet_length(content) <= 8192", "true"),
    ),
    "history/a_challenge_is_only_answered.sql": (
        ("UPDATE OR TRUNCATE", "TRUNCATE"),
        ("UPDATE OR TRUNCATE", "UPDATE"),
    ),
    "history/passkey_is_only_added_to.sql": (
        ("UPDATE OR DELETE OR TRUNCATE", "DELETE OR TRUNCATE"),
        ("UPDATE OR DELETE OR TRUNCATE", "UPDATE OR TRUNCATE"),
        ("UPDATE OR DELETE OR TRUNCATE", "UPDATE OR DELETE"),
    ),
    "console/ask_device.sql": (
        ("DELETE FROM outbox.challenge WHERE expires_at <= now();", ""),
        ("WHERE expires_at <= now()", ""),
        ("now() + ask_device.valid_for", "now() + interval '9 minutes'"),
        ("ask_device.session, ask_device.person", "0, ask_device.person"),
        ("ask_device.person, ask_device.purpose", "'eve', ask_device.purpose"),
        ("ask_device.content, now()", "'x', now()"),
    ),
    "console/take_challenge.sql": (
        ("challenge.challenge = take_challenge.challenge", "true"),
        ("AND session = take_challenge.session", ""),
        ("AND person = take_challenge.person", ""),
        ("AND purpose = take_challenge.purpose", ""),
        ("AND expires_at > now()", ""),
    ),
    "console/add_passkey.sql": (
        ("(add_passkey.name, add_passkey.person", "(add_passkey.name, 'ada'"),
        ("add_passkey.person, add_passkey.content", "add_passkey.person, 'x'"),
    ),
    "passkeys_of.sql": (("WHERE person = %(person)s", "WHERE %(person)s <> ''"),),
}
