"""The command line of roots and of people who sign."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from outbox.store import Connection
from schemas.authority import documents
from schemas.receipts.reading import canonical
from tests.deploy.command import Said, holdshort
from tests.parts import journey
from tests.parts.authenticator import Authenticator
from tests.parts.journey import state_of


class Keys:
    """Files of keys in a directory, and the commands that take them."""

    def __init__(self, room: Path, dsn: str) -> None:
        self._room, self._dsn = room, dsn

    def create(self, name: str) -> str:
        """Its secret half; the public half lies beside it."""
        made = holdshort("key", "create", self.secret(name))
        self.public(name).write_text(made.out)
        return self.secret(name)

    def secret(self, name: str) -> str:
        return str(self._room / f"{name}.pem")

    def public(self, name: str) -> Path:
        return self._room / f"{name}.json"

    def name_of(self, name: str) -> str:
        listed: list[str] = json.loads(self.public(name).read_text())["keys"]
        return listed[0].partition("+")[0]

    def reviewer(self, *arguments: str) -> Said:
        return holdshort("reviewer", *arguments, dsn=self._dsn, approvals="signed")

    def enrol(self, person: str, key: str, *more: str) -> Said:
        named = ("--key", str(self.public(key)), "--root", self.secret("root"))
        return self.reviewer("enrol", person, *named, *more)

    def approve(self, id: int, digest: str, by: str, key: str, *more: str) -> Said:
        named = ("approve", str(id), "--digest", digest, "--by", by)
        signing = ("--key", self.secret(key)) if key else ()
        return holdshort(*named, *signing, *more, dsn=self._dsn, approvals="signed")


@pytest.fixture
def keys(tmp_path: Path, dsn: str) -> Keys:
    made = Keys(tmp_path, dsn)
    for name in ("root", "ada", "bob"):
        made.create(name)
    return made


def test_an_enrolled_person_approves_with_her_key(db: Connection, keys: Keys) -> None:
    intent = journey.awaiting(db)

    enrolled = keys.enrol("ada", "ada")
    approved = keys.approve(intent.id, journey.seen(db, intent.id), "ada", "ada", "--json")

    assert (enrolled.code, approved.code) == (0, 0), (enrolled, approved)
    assert state_of(db, intent.id) == "approved"
    [(content, key)] = db.execute(
        "SELECT content, key FROM outbox.document WHERE kind = 'approval'"
    )
    signed = documents.approval(content)
    assert (signed.approver, key) == ("ada", keys.name_of("ada"))
    assert [(item.intent, item.manifest) for item in signed.items] == [
        (intent.id, approved.json["digest"])
    ]
    assert approved.json["key"] == keys.name_of("ada")


@pytest.mark.parametrize(
    ("by", "key", "code", "says"),
    [
        ("ada", "", 2, "say --key FILE, or set HOLDSHORT_KEY_FILE"),
        ("ada", "bob", 5, "is not enrolled\n  next: holdshort reviewer enrol ada --key"),
        ("bob", "ada", 6, "is enrolled for ada\n  next: --by ada"),
        ("ada", "nobody", 2, "nobody.pem cannot be read"),
    ],
)
def test_what_no_sender_would_believe_is_not_even_signed(
    db: Connection, keys: Keys, by: str, key: str, code: int, says: str
) -> None:
    intent = journey.awaiting(db)
    keys.enrol("ada", "ada")

    said = keys.approve(intent.id, journey.seen(db, intent.id), by, key)

    assert (said.code, says in said.err) == (code, True), said
    assert state_of(db, intent.id) == "awaiting_approval"
    assert db.execute("SELECT FROM outbox.document WHERE kind = 'approval'").fetchall() == []


def test_nobody_signs_bytes_that_do_not_hash_to_their_digest(
    db: Connection, keys: Keys
) -> None:
    intent = journey.awaiting(db)
    seen = journey.seen(db, intent.id)
    keys.enrol("ada", "ada")
    db.execute("ALTER TABLE outbox.artifact DROP CONSTRAINT a_digest_names_these_very_bytes")
    db.execute("ALTER TABLE outbox.artifact DISABLE TRIGGER USER")
    db.execute(
        "UPDATE outbox.artifact SET content ="
        " convert_to(replace(convert_from(content, 'UTF8'), 'Ada', 'Eve'), 'UTF8')"
    )

    said = keys.approve(intent.id, seen, "ada", "ada")

    assert (said.code, "is now version 1 with digest" in said.err) == (6, True), said


def test_a_revoked_key_stays_revoked_and_is_another_persons_never(
    db: Connection, keys: Keys
) -> None:
    intent, root = journey.awaiting(db), keys.secret("root")
    keys.enrol("ada", "ada")
    name = keys.name_of("ada")

    for_bob = keys.enrol("bob", "ada")
    revoked = keys.reviewer("revoke", name, "--root", root, "--reason", "laptop lost")
    again = keys.enrol("ada", "ada")
    approving = keys.approve(intent.id, journey.seen(db, intent.id), "ada", "ada")
    unknown = keys.reviewer("revoke", "nothing", "--root", root, "--reason", "x")

    assert (for_bob.code, revoked.code, again.code, approving.code) == (6, 0, 6, 6)
    assert "laptop lost" in again.err
    assert "laptop lost" in approving.err
    assert (unknown.code, "reviewer list" in unknown.err) == (5, True)


def test_the_list_says_whose_keys_a_sender_believes(
    dsn: str, keys: Keys, tmp_path: Path
) -> None:
    empty = keys.reviewer("list")
    keys.enrol("ada", "ada", "--until", "2099-01-31T09:00:00+0000")
    passkey = tmp_path / "passkey.json"
    passkey.write_bytes(canonical(Authenticator().passkey.as_json()))
    keys.reviewer("enrol", "ida", "--key", str(passkey), "--root", keys.secret("bob"))

    trust = str(keys.public("root"))
    told = holdshort("reviewer", "list", dsn=dsn, trust=trust)
    listed = json.loads(holdshort("reviewer", "list", "--json", dsn=dsn, trust=trust).out)

    assert "nobody may approve\n  next: holdshort reviewer enrol" in empty.out
    assert "ada, until 2099-01-31 09:00 UTC" in told.out
    assert "ida, by a root that is not trusted" in told.out
    assert [(one["person"], one["trusted"], one["passkey"]) for one in listed] == [
        ("ada", True, False),
        ("ida", False, True),
    ]


@pytest.mark.parametrize("person", ["", " ada", "a\nda"])
def test_a_name_that_is_none_is_not_enrolled(db: Connection, keys: Keys, person: str) -> None:
    said = keys.enrol(person, "ada")

    assert (said.code, "a name has 1 to 200 letters" in said.err) == (2, True), said
    assert db.execute("SELECT FROM outbox.document").fetchall() == []


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "HOLDSHORT_TRUST is not set"),
        ("", "is not JSON"),
        ('{"keys":[]}', "names no key"),
        ('{"keys":["x"]}', "root.json: "),
    ],
)
def test_a_sender_of_signed_approvals_starts_only_with_a_root(
    dsn: str, tmp_path: Path, content: str | None, says: str
) -> None:
    trust = tmp_path / "root.json"
    if content is not None:
        trust.write_text(content)
    way_out = {"smtp": "smtps://a:b@127.0.0.1:9", "smtp_senders": "a@example.com"}
    believed = {} if content is None else {"trust": str(trust)}

    said = holdshort("run", "sender", dsn=dsn, approvals="signed", **way_out, **believed)

    assert (said.code, "next: make a root key: holdshort key create" in said.err) == (2, True)
    assert says.replace("is not JSON", "no JSON") in said.err
