"""The command line: propose, read, decide; help at once."""

from __future__ import annotations

import json
import subprocess
import sys

from outbox.manifest import sha256_of
from outbox.store import Connection
from schemas.receipts import reading
from tests.deploy.command import Said, holdshort
from tests.parts import journey
from tests.parts.journey import mail


def test_help_needs_neither_the_database_driver_nor_the_models() -> None:
    code = (
        "import sys, deploy.cli\n"
        "try: deploy.cli.holdshort.main(['--help'])\n"
        "except SystemExit: pass\n"
        "heavy = {'psycopg', 'pydantic', 'sqlalchemy', 'kafka', 'structlog', 'alembic'}\n"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules)\n"
    )

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)

    assert done.returncode == 0, done.stderr
    assert b"approve" in done.stdout


def submitted(dsn: str, key: str = "k") -> Said:
    return holdshort(
        *("submit", "-", "--key", key, "--producer", "tests", "--json"),
        stdin=mail().model_dump_json(),
        dsn=dsn,
    )


def test_what_is_submitted_is_held_and_can_be_read_before_it_is_approved(
    dsn: str, db: Connection
) -> None:
    intent = submitted(dsn).json
    journey.score_and_route(db)

    shown = holdshort("show", str(intent["id"]), dsn=dsn)
    read = holdshort("show", str(intent["id"]), "--json", dsn=dsn).json

    digest = journey.seen(db, 1)
    assert f"approve {intent['id']} --digest {digest} --by NAME" in shown.out
    assert f"\ndigest {digest}\n" in shown.out
    assert "\n  envelope.to.1: ada@example.org\n" in shown.out
    assert read["digest"] == digest == sha256_of(reading.canonical(read["manifest"]))
    assert "your invoice is ready" in shown.out
    assert read["artifact"] == json.loads(mail().model_dump_json())


def test_a_person_approves_revokes_and_rejects_by_name(dsn: str, db: Connection) -> None:
    intent = submitted(dsn).json
    journey.score_and_route(db)
    id, digest = str(intent["id"]), journey.seen(db, 1)

    approved = holdshort("approve", id, "--digest", digest, "--by", "ada", dsn=dsn)
    revoked = holdshort("revoke", id, "--reason", "wrong", "--by", "ada", dsn=dsn)
    rejected = holdshort("reject", id, "--reason", "wrong", "--by", "ada", dsn=dsn)

    assert (approved.code, revoked.code, rejected.code) == (0, 0, 0)
    assert journey.state_of(db, int(id)) == "rejected"


def test_an_approval_without_a_digest_or_of_another_one_is_refused(
    dsn: str, db: Connection
) -> None:
    id = str(submitted(dsn).json["id"])
    journey.score_and_route(db)

    missing = holdshort("approve", id, "--by", "ada", dsn=dsn)
    other = holdshort("approve", id, "--digest", "0" * 64, "--by", "ada", dsn=dsn)

    assert (missing.code, other.code) == (2, 6)
    assert f"next: read what it says now: holdshort show {id}" in other.err
    assert journey.state_of(db, int(id)) == "awaiting_approval"


def test_bad_input_is_refused_with_its_field_and_nothing_is_kept(
    dsn: str, db: Connection
) -> None:
    said = holdshort(
        *("submit", "-", "--key", "k", "--producer", "tests"),
        stdin='{"sender": "a@example.com", "to": ["nobody"], "subject": "x", "text": "y"}',
        dsn=dsn,
    )

    assert said.code == 2
    assert "to.0: value is not a valid email address" in said.err
    assert db.execute("SELECT FROM outbox.intent").fetchall() == []


def test_sending_is_off_until_a_named_person_turns_it_on(dsn: str) -> None:
    at_first = holdshort("outbound", "status", "--json", dsn=dsn).json
    nobody = holdshort("outbound", "on", dsn=dsn)
    on = holdshort("outbound", "on", "--by", "ada", "--json", dsn=dsn).json

    assert at_first["outbound"] == "off"
    assert (nobody.code, "add --by NAME" in nobody.err) == (2, True)
    assert (on["outbound"], on["by"]) == ("on", "ada")


def test_migrating_again_changes_nothing_and_leaves_sending_off(dsn: str) -> None:
    first = holdshort("migrate", "--json", dsn=dsn).json
    again = holdshort("migrate", "--json", dsn=dsn).json

    assert first == again
    assert holdshort("outbound", "status", "--json", dsn=dsn).json["outbound"] == "off"


def test_every_setting_is_listed_with_its_meaning() -> None:
    said = holdshort("settings")

    assert "HOLDSHORT_SMTP_SENDERS=\n    Addresses that may send" in said.out
