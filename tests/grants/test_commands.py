"""The command line of grants and delegations."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from outbox.store import Connection
from schemas.authority import standing
from tests.deploy.command import Said, holdshort
from tests.deploy.test_reviewers import Keys, keys
from tests.parts import journey
from tests.parts.granting import granted
from tests.parts.journey import state_of

__all__ = ["keys"]

UNTIL = "2099-01-31T09:00:00+0000"
CLASS = (
    *("--to", "@example.org", "--sender", "billing@example.com", "--sender-name", "Billing"),
    *("--uses", "3", "--until", UNTIL),
)


def give(dsn: str, keys: Keys, *more: str, by: str = "ada", key: str = "ada") -> Said:
    signing = ("--key", keys.secret(key)) if key else ()
    command = ("grant", "give", "--by", by, *CLASS, *signing, *more)
    return holdshort(*command, dsn=dsn, approvals="signed")


def test_a_person_gives_a_grant_and_what_it_covers_is_approved_until_it_is_revoked(
    dsn: str, db: Connection, keys: Keys, tmp_path: Path
) -> None:
    keys.enrol("ada", "ada")
    text = tmp_path / "text"
    text.write_text(journey.mail().text)

    said = give(dsn, keys, "--text", str(text), "--subject", "Your invoice", "--json")
    assert said.code == 0, said
    intent = journey.awaiting(db)
    granted(db)
    assert state_of(db, intent.id) == "approved"

    listed = json.loads(holdshort("grant", "list", "--json", dsn=dsn).out)
    [one] = listed
    assert (one["id"], one["used"], one["uses"]) == (said.json["id"], 1, 3)
    assert one["says"]["subject"] == "Your invoice"
    [(content,)] = db.execute("SELECT content FROM outbox.document WHERE kind = 'grant'")
    assert standing.grant(content).giver == "ada"
    how = ("--reason", "enough", "--by", "ada")
    assert holdshort("grant", "revoke", "1", *how, dsn=dsn).code == 0
    again = holdshort("grant", "revoke", "1", *how, dsn=dsn)
    assert (again.code, "holdshort grant list" in again.err) == (5, True)
    assert "1 of 3 used" in (told := holdshort("grant", "list", dsn=dsn).out)
    assert "revoked by ada" in told


@pytest.mark.parametrize(
    ("more", "code", "says"),
    [
        ((), 2, "say --key FILE"),
        (("--to", "nobody"), 2, "nobody: "),
        (("--to", "@"), 2, "@: "),
        (("--sender", "nobody"), 2, "--sender ADDRESS"),
        (("--most", "1"), 2, "an amount has a currency"),
        (("--most", "1", "--currency", "Euro"), 2, "not a currency"),
        (("--until", "1999-01-31T09:00:00+0000"), 2, "ends before it begins"),
        (("--uses", "1000001"), 2, "1 to 1000000 uses"),
        (("--by", "bob"), 6, "is enrolled for ada"),
    ],
)
def test_what_no_grant_may_say_is_not_even_signed(
    dsn: str, db: Connection, keys: Keys, more: tuple[str, ...], code: int, says: str
) -> None:
    keys.enrol("ada", "ada")

    said = give(dsn, keys, *more, key="ada" if more else "")

    assert (said.code, says in said.err) == (code, True), said
    assert db.execute("SELECT FROM outbox.standing_grant").fetchall() == []


def test_a_delegate_approves_in_another_place_by_the_command_line(
    dsn: str, db: Connection, keys: Keys
) -> None:
    for person in ("ada", "bob"):
        keys.enrol(person, person)
    intent = journey.awaiting(db)
    seen = journey.seen(db, intent.id)
    early = keys.approve(intent.id, seen, "bob", "bob", "--for", "ada")
    assert (early.code, "bob may not approve for ada now" in early.err) == (5, True)
    to_bob = ("delegate", "to", "bob", "--by", "ada", "--until", UNTIL)
    signing = ("--key", keys.secret("ada"), "--json")

    given = holdshort(*to_bob, *signing, dsn=dsn, approvals="signed")
    approved = keys.approve(intent.id, seen, "bob", "bob", "--for", "ada", "--json")

    assert (given.code, approved.code) == (0, 0), (given, approved)
    assert approved.json["by"] == "bob for ada"
    assert state_of(db, intent.id) == "approved"
    assert "bob for ada" in holdshort("delegate", "list", dsn=dsn).out
    [one] = json.loads(holdshort("delegate", "list", "--json", dsn=dsn).out)
    assert dt.datetime.fromisoformat(one["expires_at"]).year == 2099
    how = ("--reason", "back", "--by", "ada")
    assert holdshort("delegate", "revoke", "1", *how, dsn=dsn).code == 0
    assert holdshort("delegate", "revoke", "1", *how, dsn=dsn).code == 5
    oneself = ("delegate", "to", "Ada", "--by", "ada", "--until", UNTIL)
    said = holdshort(*oneself, dsn=dsn)
    assert (said.code, "nobody delegates to themselves" in said.err) == (2, True)
