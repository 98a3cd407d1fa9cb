"""`holdshort run intake`: the process, from its settings to its end."""

from __future__ import annotations

import datetime as dt
import hashlib
import signal
import sys
from pathlib import Path

import httpx

from deploy.local.children import Child
from deploy.local.ports import LOOPBACK, free_port
from outbox.store import Connection
from tests.deploy.command import holdshort
from tests.intake.test_proposing import proposed
from tests.parts.logins import logins_of

PATIENCE = dt.timedelta(seconds=30)


def test_an_agent_gets_its_token_on_the_command_line_and_proposes_with_it(
    dsn: str, tmp_path: Path
) -> None:
    made = holdshort("token", "create", "agent", "billing", "--by", "ada", "--json", dsn=dsn)
    token, port = str(made.json["token"]), free_port()
    environment = {
        "HOLDSHORT_DSN": logins_of(dsn)["agent"],
        "HOLDSHORT_INTAKE": f"{LOOPBACK}:{port}",
        "HOLDSHORT_HTTP": f"{LOOPBACK}:{(health := free_port())}",
    }
    command = [sys.executable, "-m", "deploy.cli", "run", "intake"]
    with Child(command, log=tmp_path / "intake.log", env=environment) as child:
        child.wait_until(lambda: "intake up" in child.said(), PATIENCE)
        shown = {"Authorization": f"Bearer {token}"}
        with httpx.Client(base_url=f"http://{LOOPBACK}:{port}", headers=shown) as agent:
            intent = proposed(agent)
        ready = httpx.get(f"http://{LOOPBACK}:{health}/readyz").text
        child.signal(signal.SIGTERM)
        assert child.ended(PATIENCE)
        said = child.said()

    assert (child.exit_code, ready) == (0, "ready\n")
    assert holdshort("show", str(intent["id"]), "--json", dsn=dsn).code == 0
    assert token not in said
    assert "example.org" not in said


def test_of_a_token_only_its_hash_is_kept(dsn: str, db: Connection) -> None:
    made = holdshort("token", "create", "agent", "billing", "--by", "ada", "--json", dsn=dsn)

    [(kept, row)] = db.execute("SELECT hash, token::text FROM outbox.token AS token").fetchall()
    secret = str(made.json["token"])
    assert kept == hashlib.sha256(secret.encode()).digest()
    assert secret.removeprefix("holdshort_agent_") not in row
    assert len(secret) == len("holdshort_agent_") + 43  # 256 bits


def test_tokens_are_listed_without_what_lets_in_and_are_revoked(dsn: str) -> None:
    made = holdshort("token", "create", "person", "grace", "--by", "ada", dsn=dsn)
    token = made.out.splitlines()[-1]
    listed = holdshort("token", "list", dsn=dsn)
    revoked = holdshort("token", "revoke", "1", "--by", "ada", dsn=dsn)
    again = holdshort("token", "revoke", "1", "--by", "ada", dsn=dsn)

    assert token.startswith("holdshort_person_")
    assert "person grace, until" in listed.out
    assert token not in listed.out
    assert (revoked.code, again.code) == (0, 5)
    assert "revoked by ada" in holdshort("token", "list", dsn=dsn).out


def test_a_token_that_says_too_little_or_too_much_is_not_made(dsn: str) -> None:
    for arguments in (
        ("agent", " ", "--by", "ada"),
        ("person", "grace", "--tenant", "ours", "--by", "ada"),
        ("agent", "billing", "--for", "9999d", "--by", "ada"),
        ("agent", "billing", "--by", " "),
    ):
        assert holdshort("token", "create", *arguments, dsn=dsn).code == 2


def test_an_intake_without_an_address_says_which_setting_is_missing(dsn: str) -> None:
    said = holdshort("run", "intake", dsn=dsn)

    assert said.code == 2
    assert "HOLDSHORT_INTAKE" in said.err
