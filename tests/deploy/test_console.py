"""The console as a process: it is where it says, and nowhere where it is not safe."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sys
from pathlib import Path

import pytest

from deploy.local.children import Child
from deploy.local.ports import free_port
from deploy.visitor import Visitor
from outbox.errors import HoldshortError
from outbox.store import Connection
from tests.deploy.command import holdshort
from tests.parts.journey import awaiting, state_of

PATIENCE = dt.timedelta(seconds=30)
BEYOND = {
    "nobody has a way to sign in": {"console": "0.0.0.0:8787"},
    "can read what people type": {
        "console": "0.0.0.0:8787",
        "oidc_issuer": "https://a.example",
    },
    "would sign with your key": {
        "console": "0.0.0.0:8787",
        "oidc_issuer": "https://a.example",
        "oidc_client": "holdshort",
        "oidc_allow": "*",
        "console_url": "https://holdshort.example",
        "key_file": "ada.pem",
    },
}


def test_a_person_signs_in_by_the_link_and_decides(
    dsn: str, db: Connection, tmp_path: Path
) -> None:
    id = awaiting(db).id
    settings = {
        "HOLDSHORT_DSN": dsn,
        "HOLDSHORT_CONSOLE": f"localhost:{free_port()}",
        "HOLDSHORT_APPROVALS": "named",
    }
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("HOLDSHORT_")}
    command = [sys.executable, "-m", "deploy.cli", "console", "--as", "ada"]
    with Child(command, log=tmp_path / "log", env={**inherited, **settings}) as console:
        console.wait_until(lambda: "console up" in console.said(), PATIENCE)
        [link] = [line for line in console.said().splitlines() if "/signin/once?" in line]
        with Visitor(link) as ada:
            ada.decide(id, "approve")
        with pytest.raises(HoldshortError, match="this link was used"), Visitor(link):
            pass
        console.stop(signal.SIGTERM, PATIENCE)
        assert console.exit_code == 0

    assert state_of(db, id) == "approved"
    approver = "SELECT approver FROM outbox.approval WHERE intent_id = %s"
    assert db.execute(approver, (id,)).fetchall() == [("ada",)]


@pytest.mark.parametrize("why", BEYOND)
def test_what_others_could_reach_unsafely_does_not_start(dsn: str, why: str) -> None:
    said = holdshort("console", dsn=dsn, **BEYOND[why])

    assert said.code == 2
    assert why in said.err
    assert "next:" in said.err
