"""What the other side says of a stranded attempt, in words that decide nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from consumers.channels.http.asking import KNOWN, UNASKED, UNKNOWN, UNTOLD, of_requests
from outbox.lookups import Stranded
from outbox.manifest import read
from outbox.results import Evidence
from tests.channels.http.accounts import at, yes
from tests.channels.http.behaviours import NOTHING
from tests.channels.http.conftest import Serve, reset_before_tls
from tests.channels.http.rig import TOKEN, Rig
from tests.channels.http.server import Greeting, Script
from tests.channels.http.test_requests import heard
from tests.channels.rig import claim_of

LOOKUP: Any = {"auth": {"header": "authorization", "value_file": "x"}}


def asked(rig: Rig, by: str = "{key}") -> Evidence:
    rig.said = {**rig.said, "lookup": {"url": f"{rig.url}sent?by={by}"}}
    claim = claim_of(rig.webhook())
    return of_requests({"crm": rig.place})(Stranded(7, read(claim.manifest or b""), None))


@pytest.mark.parametrize(
    ("script", "found"),
    [
        (Script(says=yes({"state": "done"})), KNOWN),
        (Script(says=b"HTTP/1.1 404 No\r\n" + NOTHING), UNKNOWN),
        (Script(says=b"HTTP/1.1 410 No\r\n" + NOTHING), UNKNOWN),
        (Script(says=b"HTTP/1.1 500 No\r\n" + NOTHING), UNTOLD),
        (Script(says=b"HTTP/1.1 302 No\r\nlocation: https://x.example/\r\n" + NOTHING), UNTOLD),
        (Script(says=b""), UNTOLD),
        (Script(greeting=Greeting.RESET), UNTOLD),
    ],
)
@reset_before_tls
def test_a_destination_is_asked_by_the_name_that_both_know(
    serve: Serve, script: Script, found: str
) -> None:
    with serve(script, **LOOKUP) as rig:
        evidence = asked(rig)
    assert evidence["found"] == found
    assert TOKEN not in str(evidence)
    for request in rig.server.requests:
        first, headers, body = heard(request)
        assert first.startswith("GET /in/sent?by=7.2.")
        assert (headers["authorization"], body) == (f"Bearer {TOKEN}", b"")


def test_who_has_not_said_where_to_ask_is_not_asked(serve: Serve) -> None:
    with serve(Script()) as rig:
        claim = claim_of(rig.webhook())
        about = Stranded(7, read(claim.manifest or b""), None)
        evidence = of_requests({"crm": rig.place})(about)
    assert evidence["found"] == UNASKED
    assert rig.server.connections == 0


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ({"TotalCount": 1, "Messages": [{"Status": "Sent"}]}, KNOWN),
        ({"TotalCount": 0, "Messages": []}, UNKNOWN),
        ({"Message": "it is Sunday"}, UNTOLD),
    ],
)
def test_postmark_is_asked_by_our_name(
    serve: Serve, tmp_path: Path, said: Any, found: str
) -> None:
    with at(serve, tmp_path, "postmark", Script(says=yes(said))) as account:
        assert account.ask()["found"] == found
    first, headers, _ = heard(account.rig.server.requests[0])
    assert "metadata_holdshort=7.2." in first
    assert headers["x-postmark-server-token"] == "pm-sesame"


@pytest.mark.parametrize("name", ["resend", "ses"])
def test_who_knows_a_mail_by_its_own_name_alone_is_asked_only_if_it_has_told_it(
    serve: Serve, tmp_path: Path, name: str
) -> None:
    with at(serve, tmp_path, name, Script(says=yes({"id": "49a"}))) as account:
        assert account.ask()["found"] == UNASKED
        assert account.rig.server.connections == 0
        assert account.ask("49a")["found"] == KNOWN
    assert "/49a" in heard(account.rig.server.requests[0])[0]


def test_what_was_found_is_json(serve: Serve) -> None:
    with serve(Script(says=yes({})), **LOOKUP) as rig:
        assert json.loads(json.dumps(asked(rig, "{id}")))["found"] == KNOWN
    assert b"by=msg_" in rig.server.requests[0]
