"""What leaves is what was approved, to whom an operator allows, and says who asks."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from standardwebhooks import Webhook as Verifier
from standardwebhooks import WebhookVerificationError

from consumers.channels import Delivered, Refused
from consumers.channels.http.destinations import Destination
from consumers.channels.http.places import places_in
from consumers.channels.http.request import draft
from outbox.errors import BadArtifact, BadSettings
from outbox.intent import parse_artifact
from outbox.manifest import RequestManifest, manifest_of, read, required
from tests.channels.http.behaviours import NOTHING, OK
from tests.channels.http.conftest import Serve
from tests.channels.http.rig import TOKEN, WHSEC
from tests.channels.http.server import Script
from tests.channels.rig import claim_of

YES = Script(says=OK + NOTHING)
BODY = '{"refund": 12, "note": "Grüße"}'


def heard(request: bytes) -> tuple[str, dict[str, str], bytes]:
    head, _, body = request.partition(b"\r\n\r\n")
    first, *lines = head.decode().split("\r\n")
    return first, dict(line.split(": ", 1) for line in lines), body


def test_the_very_bytes_leave_and_their_receiver_can_verify_who_sent_them(
    serve: Serve,
) -> None:
    with serve(YES, headers=["x-region"]) as rig:
        headers = ({"name": "x-region", "value": "eu"},)
        webhook = rig.webhook(text=BODY, headers=headers)
        outcome = rig.send(webhook)
    first, said, body = heard(rig.server.requests[0])

    assert isinstance(outcome, Delivered)
    assert (first, body) == ("POST /in/new HTTP/1.1", BODY.encode())
    assert (said["content-type"], said["x-region"]) == ("application/json", "eu")
    assert Verifier(WHSEC).verify(body, said) == json.loads(BODY)
    with pytest.raises(WebhookVerificationError):
        Verifier(WHSEC).verify(body + b" ", said)


def test_its_id_is_the_same_for_every_attempt_and_version(serve: Serve) -> None:
    with serve(YES) as rig:
        claim = claim_of(rig.webhook())
        later = replace(claim, version=3)
        later = replace(later, manifest=manifest_of(later, required("webhook")).written)
        outcomes = [rig.hand_in(one) for one in (claim, claim, later)]
    ids = {heard(request)[1]["webhook-id"] for request in rig.server.requests}

    assert [type(one) for one in outcomes] == [Delivered] * 3
    assert len(ids) == 1
    assert {one.evidence["webhook_id"] for one in outcomes} == ids


def test_what_a_person_saw_is_what_leaves_but_for_who_asks_and_when(serve: Serve) -> None:
    with serve(YES) as rig:
        claim = claim_of(rig.webhook(text=BODY))
        rig.hand_in(claim)
    manifest = read(claim.manifest or b"")
    assert isinstance(manifest, RequestManifest)
    seen, sent = heard(draft(manifest, BODY.encode())), heard(rig.server.requests[0])

    assert (seen[0], seen[2]) == (sent[0], sent[2])
    own = {"webhook-id", "webhook-timestamp", "webhook-signature"}
    assert seen[1] == {name: value for name, value in sent[1].items() if name not in own}


@pytest.mark.parametrize(
    "change",
    [
        {"content": b'{"channel":"webhook"}'},
        {"digest": "0" * 64},
        {"manifest": None},
        {"manifest": b"{}"},
    ],
)
def test_what_is_not_what_was_approved_does_not_leave(
    serve: Serve, change: dict[str, Any]
) -> None:
    with serve(YES) as rig:
        assert isinstance(rig.hand_in(replace(claim_of(rig.webhook()), **change)), Refused)
    assert (rig.permits.asked, rig.server.connections) == (0, 0)


def test_another_body_than_the_manifest_names_does_not_leave(serve: Serve) -> None:
    with serve(YES) as rig:
        claim = claim_of(rig.webhook(text=BODY))
        other = claim_of(rig.webhook(text='{"refund": 9999}'))
        outcome = rig.hand_in(replace(other, manifest=claim.manifest))
    assert isinstance(outcome, Refused)
    assert "body is not what was approved" in outcome.reason
    assert rig.server.connections == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"url": "https://other.example.com/in/"}, "no destination"),
        ({"url": "https://hooks.example.com/in/new"}, "no destination"),
        ({"method": "DELETE"}, "takes no DELETE"),
        ({"headers": ({"name": "x-other", "value": "1"},)}, "does not allow x-other"),
    ],
)
def test_what_the_operator_does_not_name_is_not_reached(
    serve: Serve, change: dict[str, Any], said: str
) -> None:
    with serve(YES, headers=["x-region"]) as rig:
        outcome = rig.send(rig.webhook(**change))
    assert isinstance(outcome, Refused), outcome
    assert said in outcome.reason
    assert (rig.permits.asked, rig.server.connections) == (0, 0)


def test_an_address_that_does_not_end_in_a_slash_stands_for_itself_alone() -> None:
    below = Destination(url="https://a.example/in/", secret_file=Path("x"))
    alone = Destination(url="https://a.example/in", secret_file=Path("x"))
    urls = ("https://a.example/in/x", "https://a.example/in", "https://a.example/in?x=1")
    assert [below.covers(url) for url in urls] == [True, False, False]
    assert [alone.covers(url) for url in urls] == [False, True, False]


@pytest.mark.parametrize(
    "header",
    ["authorization", "cookie", "host", "content-length", "transfer-encoding", "connection",
     "x-api-key", "x-auth-token", "x-forwarded-for", "x-http-method-override", "x-amz-date",
     "x-my-secret", "webhook-signature", "X-Upper", "x-a b", "x-\u00e4"],
)  # fmt: skip
def test_an_agent_cannot_say_who_asks(header: str) -> None:
    said = {"channel": "webhook", "url": "https://a.example/", "headers": [
        {"name": header, "value": "1"}]}  # fmt: skip
    with pytest.raises(BadArtifact):
        parse_artifact(json.dumps(said))


@pytest.mark.parametrize("value", ["a\r\nx-b: c", "a\nb", "\u00e9", "", " a", "a "])
def test_a_header_is_one_line_of_ascii(value: str) -> None:
    said = {"channel": "webhook", "url": "https://a.example/", "headers": [
        {"name": "x-a", "value": value}]}  # fmt: skip
    with pytest.raises(BadArtifact):
        parse_artifact(json.dumps(said))


@pytest.mark.parametrize("text", ["{", '{"a": 1, "a": 2}', "[NaN]", "[" * 100_000, "{} {}"])
def test_json_that_two_readers_could_take_for_two_is_no_body(text: str) -> None:
    with pytest.raises(BadArtifact):
        parse_artifact(
            json.dumps({"channel": "webhook", "url": "https://a.example/", "text": text})
        )


def test_a_destination_says_who_asks_and_promises_only_what_it_may() -> None:
    url = "https://a.example/"
    for wrong in (
        {},
        {"secret_file": "x", "definite": [402]},
        {"auth": {"header": "host", "value_file": "x"}},
        {"secret_file": "x", "may_reach": ["0.0.0.0/0"]},
        {"secret_file": "x", "idempotency": {"header": "idempotency-key", "window": "0s"}},
        {"secret_file": "x", "lookup": {"url": "https://a.example/"}},
    ):
        with pytest.raises(ValidationError):
            Destination.model_validate({"url": url, **wrong}, strict=False)


def test_secrets_are_read_from_files_that_nobody_else_may_read(tmp_path: Any) -> None:
    book = tmp_path / "webhooks.json"
    crm = {"url": "https://a.example/in/", "secret_file": "crm.whsec"}
    book.write_text(json.dumps({"destinations": {"crm": crm}}))
    secret = tmp_path / "crm.whsec"
    for content, mode in (("", 0o600), ("hello", 0o600), (WHSEC, 0o644)):
        secret.write_text(content)
        secret.chmod(mode)
        with pytest.raises(BadSettings, match="HOLDSHORT_WEBHOOKS"):
            places_in(book)
    secret.chmod(0o600)
    assert places_in(book)["crm"].secret is not None
    assert WHSEC[6:] not in repr(places_in(book))


def test_nothing_shows_a_credential(serve: Serve) -> None:
    auth = {"header": "authorization", "value_file": "x"}
    with serve(YES, auth=auth) as rig:
        outcome = rig.send()
        assert TOKEN not in repr(rig.place)
    assert TOKEN not in repr(outcome)
