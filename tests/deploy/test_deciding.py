"""The command line: what a person decides beside yes."""

from __future__ import annotations

from outbox.store import Connection
from tests.deploy.command import holdshort
from tests.parts.journey import awaiting, kinds_of, seen, state_of

WHY = ("--because", "wrong_amount", "--reason", "it is 12, not 120", "--by", "ada")


def test_a_person_sends_an_intent_back_by_its_digest(dsn: str, db: Connection) -> None:
    id = awaiting(db).id

    moved = holdshort("send-back", str(id), "--digest", "0" * 64, *WHY, dsn=dsn)
    done = holdshort("send-back", str(id), "--digest", seen(db, id), *WHY, dsn=dsn)

    assert (moved.code, done.code) == (6, 0)
    assert state_of(db, id) == "sent_back"
    assert "wrong_amount: it is 12, not 120" in holdshort("show", str(id), dsn=dsn).out


def test_a_person_defers_an_intent_and_another_takes_it_up(dsn: str, db: Connection) -> None:
    id = awaiting(db).id
    digest = ("--digest", seen(db, id))

    done = holdshort("defer", str(id), *digest, "--for", "4h", "--by", "ada", dsn=dsn)
    up = holdshort("take-up", str(id), "--by", "bob", dsn=dsn)

    assert (done.code, up.code) == (0, 0)
    assert kinds_of(db, id)[-2:] == ["deferred", "taken_up"]
    assert state_of(db, id) == "awaiting_approval"


def test_a_no_says_why_in_a_word_that_can_be_counted(dsn: str, db: Connection) -> None:
    id = awaiting(db).id

    unknown = holdshort(
        "reject", str(id), "--because", "mood", "--reason", "x", "--by", "ada", dsn=dsn
    )
    done = holdshort("reject", str(id), *WHY, dsn=dsn)

    assert (unknown.code, done.code) == (2, 0)
    assert state_of(db, id) == "rejected"
