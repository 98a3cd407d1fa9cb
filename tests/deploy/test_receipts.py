"""The command line around receipts: make a key, export, verify; no network, no settings."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from outbox.store import Connection
from tests.deploy.command import Said, holdshort
from tests.parts import journey
from tests.parts.receipts import OURS, TRUST, attest, pem_of
from tests.parts.reviewers import ROOT_FILE
from tests.parts.signed import signed_busy
from tests.receipts.lives import sent


@pytest.fixture
def key(tmp_path: Path) -> str:
    """Our key, as a file."""
    file = tmp_path / "attest.pem"
    file.touch(mode=0o600)
    file.write_bytes(pem_of(b"\x01"))
    return str(file)


@pytest.fixture
def trust(tmp_path: Path) -> str:
    file = tmp_path / "keys.json"
    file.write_bytes(TRUST)
    return str(file)


def exported(dsn: str, key: str, out: Path, *arguments: str) -> Said:
    return holdshort("receipt", *arguments, "--out", str(out), dsn=dsn, attest_key_file=key)


def test_a_new_key_is_for_its_owner_alone_and_names_whom_to_trust(tmp_path: Path) -> None:
    file = tmp_path / "attest.pem"

    made = holdshort("key", "create", str(file))
    again = holdshort("key", "create", str(file))
    shown = holdshort("key", "show", str(file))

    assert (made.code, shown.code, again.code) == (0, 0, 2)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert made.out == shown.out
    assert json.loads(made.out)["keys"][0].startswith("holdshort-")
    assert f"HOLDSHORT_ATTEST_KEY_FILE={file}" in made.err


def test_a_receipt_goes_to_a_stranger_who_verifies_it(
    dsn: str, db: Connection, key: str, trust: str, tmp_path: Path
) -> None:
    id, out, known = sent(db), tmp_path / "bundle.json", tmp_path / "checkpoints"
    attest(db, known)

    made = exported(dsn, key, out, str(id), "--since", str(known))
    judged = holdshort("verify", str(out), "--trust", trust, "--checkpoint", str(known))
    as_json = holdshort("verify", str(out), "--trust", trust, "--json").json

    assert (made.code, made.out) == (0, ""), made
    assert (judged.code, judged.out.partition(";")[0]) == (0, f"valid: intent {id}: 6 receipts")
    assert as_json["valid"] is True


def test_the_whole_log_needs_no_key(
    dsn: str, db: Connection, trust: str, tmp_path: Path
) -> None:
    sent(db)
    attest(db)
    out = tmp_path / "log.json"

    made = holdshort("receipt", "--log", "--out", str(out), dsn=dsn)
    judged = holdshort("verify", str(out), "--trust", trust)

    assert (made.code, judged.code) == (0, 0), judged


def test_what_the_log_does_not_have_yet_is_said(
    dsn: str, db: Connection, key: str, tmp_path: Path
) -> None:
    out = tmp_path / "bundle.json"
    id = journey.awaiting(db).id
    before = exported(dsn, key, out, str(id))
    attest(db)
    journey.score_and_route(db)
    db.execute("UPDATE outbox.intent SET not_after = now() + interval '1 day'")
    holdshort("withdraw", str(id), "--reason", "paid", "--by", "eve", dsn=dsn)
    after = exported(dsn, key, out, str(id))
    nobody = exported(dsn, key, out, "99")

    assert (before.code, "next: let an attester" in before.err) == (5, True), before
    assert (after.code, "1 more receipts are not in the log yet" in after.err) == (0, True)
    assert (nobody.code, "there is no intent 99" in nobody.err) == (5, True)


def test_exit_codes_say_invalid_and_unreadable(
    dsn: str, db: Connection, key: str, trust: str, tmp_path: Path
) -> None:
    id, out = sent(db), tmp_path / "bundle.json"
    attest(db)
    exported(dsn, key, out, str(id))
    out.write_text(out.read_text("utf-8").replace('"number', '"numbe', 1), encoding="utf-8")
    other = tmp_path / "other.json"
    other.write_text('{"keys":[]}', encoding="utf-8")

    untrusted = holdshort("verify", str(out), "--trust", str(other), "--json")
    missing = holdshort("verify", str(tmp_path / "none.json"), "--trust", trust)
    empty = holdshort("verify", str(out), "--trust", trust, "--checkpoint", "/dev/null")
    out.write_text("not json", encoding="utf-8")
    unreadable = holdshort("verify", str(out), "--trust", trust)

    assert (untrusted.code, untrusted.json["valid"]) == (1, False)
    assert untrusted.json["why"] == "no key is pinned"
    assert [one.code for one in (missing, empty, unreadable)] == [2, 2, 2]
    assert unreadable.out.startswith("unreadable: ")


def test_verify_opens_no_socket_and_reads_no_setting_and_no_database_driver(
    trust: str, tmp_path: Path
) -> None:
    out, roots = tmp_path / "bundle.json", tmp_path / "root.json"
    out.write_bytes(signed_busy().of_intent(2).written())
    roots.write_bytes(ROOT_FILE)
    code = (
        "import sys, os\n"
        "def refuse(event, _):\n"
        "    if event.startswith(('socket.', 'subprocess.', 'os.exec', 'os.fork')):\n"
        "        os._exit(77)\n"
        "sys.addaudithook(refuse)\n"
        "from deploy.cli import holdshort\n"
        "try: holdshort.main(sys.argv[1:])\n"
        "except SystemExit as end: code = end.code\n"
        "ours = {name.partition('.')[0] for name in sys.modules}\n"
        "assert not ours & {'psycopg', 'kafka', 'sqlalchemy', 'outbox', 'pydantic'}, ours\n"
        "sys.exit(code)\n"
    )
    command = [sys.executable, "-c", code, "verify", str(out), "--trust", trust]
    command += ["--reviewers", str(roots)]

    done = subprocess.run(
        command, env={"HOLDSHORT_NONSENSE": "x"}, capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout[:6]) == (0, "valid:"), done.stderr
    assert "people have signed for every effect" in done.stdout


def test_a_stranger_with_the_roots_keys_asks_whether_people_have_signed(
    dsn: str, db: Connection, key: str, trust: str, tmp_path: Path
) -> None:
    id, out, roots = sent(db), tmp_path / "bundle.json", tmp_path / "root.json"
    roots.write_bytes(ROOT_FILE)
    attest(db)
    exported(dsn, key, out, str(id))

    plain = holdshort("verify", str(out), "--trust", trust, "--json")
    strict = holdshort(
        *("verify", str(out), "--trust", trust, "--reviewers", str(roots), "--json")
    )

    assert (plain.code, plain.json["reviewers"]) == (0, False)
    assert "people's signatures were not looked at" in plain.out
    assert (strict.code, strict.json["reviewers"]) == (1, True)
    assert "nobody has signed" in strict.out


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        (lambda file: file.unlink(), "FileNotFoundError"),
        (lambda file: file.chmod(0o640), "others may read or write"),
        (lambda file: file.write_text("secret"), "has no Ed25519 key"),
    ],
)
def test_a_key_that_cannot_be_used_ends_with_the_next_command(
    dsn: str, key: str, spoil: object, why: str
) -> None:
    assert callable(spoil)
    spoil(Path(key))

    said = holdshort("run", "attester", dsn=dsn, attest_key_file=key)

    assert (said.code, why in said.err, "next: " in said.err) == (2, True, True), said
    assert "secret" not in said.err


@pytest.mark.parametrize("role", ["attester", "all"])
def test_without_a_key_there_is_no_attester(dsn: str, role: str) -> None:
    said = holdshort("run", role, dsn=dsn)

    assert said.code == 2
    assert "holdshort key create FILE" in said.err
    assert OURS.key.name not in said.err
