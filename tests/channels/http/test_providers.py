"""Mail by the APIs of providers: one adapter, three files, and what an operator may add."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from consumers.channels import Delivered, Outcome, Refused, Uncertain
from tests.channels.http.accounts import SECRETS, TAKEN, at, yes
from tests.channels.http.behaviours import NOTHING
from tests.channels.http.conftest import Serve
from tests.channels.http.mails import EACH, FILE, FROM, RICH
from tests.channels.http.server import Script
from tests.channels.http.test_requests import heard


def as_it_is_said(said: dict[str, Any]) -> dict[str, Any]:
    """The same mail, by provider; of two of them what they have names of their own for."""
    return {
        "resend": {
            "from": FROM,
            "to": ["ada@example.org"],
            "cc": ["grace@example.net"],
            "subject": "Your invoice",
            "text": "Dear Ada,\r\n.\r\n..hidden dots\r\nbye\r\n",
            "html": "<p>Grüße</p>\r\n",
            "attachments": [
                {"filename": "a.pdf", "content": FILE, "content_type": "application/pdf"}
            ],
        },
        "postmark": said | {"From": FROM, "To": "ada@example.org", "Cc": "grace@example.net"},
        "ses": said
        | {
            "FromEmailAddress": FROM,
            "Destination": {
                "ToAddresses": ["ada@example.org"],
                "CcAddresses": ["grace@example.net"],
            },
        },
    }


@EACH
def test_a_mail_leaves_as_the_provider_has_it_and_its_name_for_it_is_kept(
    serve: Serve, tmp_path: Path, name: str
) -> None:
    with at(serve, tmp_path, name, Script(says=yes(TAKEN[name]))) as account:
        outcome = account.send(RICH)
    _, headers, body = heard(account.rig.server.requests[0])

    assert isinstance(outcome, Delivered), outcome
    assert outcome.evidence["message_name"] in TAKEN[name].values()
    assert headers["content-type"] == "application/json"
    said = json.loads(body)
    assert said == as_it_is_said(said)[name]


@EACH
def test_who_asks_is_said_as_the_provider_wants_it_and_is_in_no_receipt(
    serve: Serve, tmp_path: Path, name: str
) -> None:
    no = b"HTTP/1.1 401 No\r\n\r\nnot " + SECRETS[name].rpartition(":")[2].encode()
    with at(serve, tmp_path, name, Script(says=no)) as account:
        outcome = account.send()
    _, headers, _ = heard(account.rig.server.requests[0])

    wanted = {
        "resend": ("authorization", "Bearer re_sesame"),
        "postmark": ("x-postmark-server-token", "pm-sesame"),
        "ses": ("authorization", "AWS4-HMAC-SHA256 Credential=AKIDSESAME/"),
    }
    header, value = wanted[name]
    assert headers[header].startswith(value)
    assert isinstance(outcome, Refused)
    assert "sesame" not in f"{outcome} {account.provider!r}".lower().replace("akidsesame", "")


@EACH
@pytest.mark.parametrize(
    ("says", "outcome"),
    [
        (yes({}), Uncertain),
        (yes([]), Uncertain),
        (yes("ok"), Uncertain),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 99\r\n\r\n" + yes({})[-2:], Uncertain),
        (b"HTTP/1.1 200 OK\r\n\r\n<html>signed in!</html>", Uncertain),
        (b"HTTP/1.1 204 No Content\r\n\r\n", Uncertain),
        (b"HTTP/1.1 422 No\r\n" + NOTHING, Refused),
        (b"HTTP/1.1 429 No\r\n" + NOTHING, Refused),
        (b"HTTP/1.1 500 No\r\n" + NOTHING, Uncertain),
        (b"", Uncertain),
    ],
)
def test_only_what_proves_that_it_was_taken_is_a_yes(
    serve: Serve, tmp_path: Path, name: str, says: bytes, outcome: type[Outcome]
) -> None:
    with at(serve, tmp_path, name, Script(says=says)) as account:
        found = account.send()
    assert type(found) is outcome, found
    assert account.permits.asked == 1


def test_a_yes_with_an_error_in_it_is_no_yes(serve: Serve, tmp_path: Path) -> None:
    said = {"ErrorCode": 406, "MessageID": "b7bc2f4a"}
    with at(serve, tmp_path, "postmark", Script(says=yes(said))) as account:
        assert isinstance(account.send(), Uncertain)


def test_only_the_provider_that_has_promised_it_hears_the_same_again(
    serve: Serve, tmp_path: Path
) -> None:
    for name, connections in (("resend", 2), ("postmark", 1), ("ses", 1)):
        scripts = (Script(says=b""), Script(says=yes(TAKEN[name])))
        with at(serve, tmp_path, name, *scripts) as account:
            account.send()
        assert account.rig.server.connections == connections
        assert len(set(account.rig.server.requests)) == 1


def test_another_sender_than_the_operator_names_does_not_leave(
    serve: Serve, tmp_path: Path
) -> None:
    with at(serve, tmp_path, "resend", Script()) as account:
        account.senders = frozenset()
        assert isinstance(account.send(), Refused)
    assert (account.permits.asked, account.rig.server.connections) == (0, 0)
