"""`holdshort erase`: one intent, or everything that was ever to somebody."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from outbox.intent import canonical
from outbox.store import Connection
from tests.deploy.command import Said, holdshort
from tests.parts import journey
from tests.parts.receipts import TRUST, attest, pem_of
from tests.receipts.lives import sent
from tests.receipts.test_vectors import NODE, judged_by_node

WHO = ("--reason", "a letter", "--by", "dora")


def erase(dsn: str, *arguments: str) -> Said:
    return holdshort("erase", *arguments, *WHO, dsn=dsn)


def test_an_erased_intent_says_so_and_nothing_else(dsn: str, db: Connection) -> None:
    id = str(sent(db))
    before = holdshort("show", id, dsn=dsn)

    done = erase(dsn, id)
    shown, as_json = (holdshort("show", id, *more, dsn=dsn) for more in ((), ("--json",)))
    again = erase(dsn, id)

    assert (done.code, done.out) == (
        0,
        f"what intent {id} said is erased by dora; its receipts stay\n",
    ), done
    assert "ada@example.org" in before.out
    assert "what it said was erased by dora: a letter" in shown.out
    assert "ada@example.org" not in shown.out
    assert (as_json.json["artifact"], as_json.json["secret"]) == (None, None)
    assert (again.code, "an intent is erased once" in again.err) == (6, True)


def test_everything_that_was_to_somebody_goes_and_what_cannot_is_listed(
    dsn: str, db: Connection
) -> None:
    gone = [sent(db), sent(db)]
    waits = journey.awaiting(db).id
    other = journey.proposed(db, journey.mail(to="eve@example.net")).id

    done = holdshort("erase", "--recipient", "ADA@example.org", *WHO, "--json", dsn=dsn)
    told = erase(dsn, "--recipient", "ada@example.org")

    assert (done.code, done.json["erased"]) == (6, gone), done
    assert done.json["left"] == [
        {
            "id": waits,
            "why": f"intent {waits} is awaiting_approval: more can become of it",
            "next": f"first: holdshort withdraw {waits} --reason WHY --by NAME",
        }
    ]
    assert told.out.startswith("0 are erased, 1 are left\n")
    assert "eve@example.net" in holdshort("show", str(other), dsn=dsn).out
    assert erase(dsn, "--recipient", "nobody@example.org").code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "why"),
    [
        ((), 2, "name an intent, or --recipient ADDRESS"),
        (("1", "--recipient", "a@example.org"), 2, "name an intent, or --recipient ADDRESS"),
        (("--recipient", "nobody"), 2, "nobody"),
        (("7",), 5, "there is no intent 7"),
    ],
)
def test_what_cannot_be_erased_is_refused_with_a_reason(
    dsn: str, arguments: tuple[str, ...], code: int, why: str
) -> None:
    said = erase(dsn, *arguments)

    assert (said.code, why in said.err) == (code, True), said


def test_receipts_verify_before_and_after_an_erasure_in_two_languages(
    dsn: str, db: Connection, tmp_path: Path
) -> None:
    key, trust, known = tmp_path / "key", tmp_path / "keys.json", tmp_path / "checkpoints"
    key.touch(mode=0o600)
    key.write_bytes(pem_of(b"\x01"))
    trust.write_bytes(TRUST)
    id = str(sent(db))
    attest(db, known)
    bundles = {"before": tmp_path / "before.json", "after": tmp_path / "after.json"}
    holdshort("receipt", id, "--out", str(bundles["before"]), dsn=dsn, attest_key_file=str(key))

    assert erase(dsn, id).code == 0
    attest(db, known)
    holdshort(
        *("receipt", id, "--since", str(known), "--out", str(bundles["after"])),
        dsn=dsn,
        attest_key_file=str(key),
    )

    for count, bundle in zip((6, 7), bundles.values(), strict=True):
        said = holdshort("verify", str(bundle), "--trust", str(trust))
        assert (said.code, f"{count} receipts" in said.out) == (0, True), said
        if NODE is not None:
            assert judged_by_node(bundle, trust).returncode == 0


@pytest.mark.skipif(shutil.which("openssl") is None, reason="somebody else's tool is needed")
def test_whoever_is_given_the_secret_can_check_a_mail_with_any_tool(
    dsn: str, db: Connection, tmp_path: Path
) -> None:
    intent, file = journey.proposed(db), tmp_path / "mail"
    file.write_bytes(canonical(journey.mail()))
    secret = holdshort("show", str(intent.id), "--json", dsn=dsn).json["secret"]
    command = ["openssl", "dgst", "-sha256", "-mac", "HMAC", "-macopt", f"hexkey:{secret}"]

    said = subprocess.run([*command, str(file)], capture_output=True, text=True, check=True)

    assert said.stdout.split()[-1] == intent.digest
