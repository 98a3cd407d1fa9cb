"""The command line of requests: proposed, shown, and asked about once stranded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from outbox.ledger import Ledger
from outbox.store import Connection
from tests.channels.http.accounts import yes
from tests.channels.http.server import Script
from tests.deploy.command import holdshort
from tests.parts import journey
from tests.parts.journey import kinds_of, state_of
from tests.parts.receiver import receiving

KNOWS = Script(says=yes({"state": "done"}))


def test_a_request_is_submitted_and_shown_like_a_mail(dsn: str, db: Connection) -> None:
    said = journey.request().model_dump_json()
    done = holdshort(
        "submit", "-", "--key", "k", "--producer", "tests", "--json", stdin=said, dsn=dsn
    )
    shown = holdshort("show", str(done.json["id"]), dsn=dsn)

    assert (done.code, shown.code) == (0, 0)
    assert "request.url: https://hooks.example.org/In/new" in shown.out


def test_the_other_side_is_asked_about_what_is_stranded_and_a_person_decides(
    dsn: str, db: Connection, tmp_path: Path
) -> None:
    ledger = Ledger(db, worker="sender-1")
    with receiving(tmp_path, KNOWS) as receiver:
        file = receiver.file
        book = json.loads(file.read_text())
        book["destinations"]["here"]["lookup"] = {"url": f"{receiver.url}sent?key={{key}}"}
        file.write_text(json.dumps(book))
        id = journey.stranded(db, ledger, receiver.request()).id
        asked = holdshort("lookup", str(id), "--json", dsn=dsn, webhooks=str(file))
        told = holdshort("lookup", str(id), dsn=dsn, webhooks=str(file))

    assert (asked.code, told.code) == (0, 0), asked
    assert asked.json["found"] == "the other side knows it"
    assert f"holdshort resolve {id}" in told.out
    assert state_of(db, id) == "stranded"
    assert kinds_of(db, id)[-2:] == ["looked_up", "looked_up"]
    assert len(receiver.server.requests) == 2


@pytest.mark.parametrize("stranded", [True, False])
def test_who_cannot_be_asked_is_said_to_be_so(
    dsn: str, db: Connection, *, stranded: bool
) -> None:
    ledger = Ledger(db, worker="sender-1")
    claim = (journey.stranded if stranded else journey.permitted)(db, ledger)
    said = holdshort("lookup", str(claim.id), dsn=dsn)

    assert said.code == (2 if stranded else 6), said
    assert ("look for <" if stranded else "no doubt about it") in said.err
