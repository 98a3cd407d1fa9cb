"""A manifest has one spelling, and names everything that leaves."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from consumers.approved import Approved, as_approved
from consumers.channels import Outcome, Permit, Refused
from outbox.claim import Claim
from outbox.errors import BadArtifact, BadManifest
from outbox.intent import canonical, digest_of
from outbox.manifest import (
    Transport,
    differences,
    lines,
    manifest_of,
    read,
    required,
    sha256_of,
)
from tests.channels.rig import MAIL, SECRET, approved, claim_of

WRITTEN = approved(MAIL).written.decode()


def test_what_is_written_is_read_back_the_same() -> None:
    manifest = approved(MAIL)

    assert read(manifest.written) == manifest
    assert manifest.digest == sha256_of(manifest.written)


def test_a_manifest_names_everything_that_leaves() -> None:
    said = json.loads(WRITTEN)

    assert said["envelope"] == {
        "from": "agent@example.com",
        "to": ["ada@example.org", "grace@example.net"],
    }
    assert said["identity"] == {"address": "agent@example.com", "name": "The Agent"}
    assert said["headers"]["message_id"].startswith("<7.2.")
    assert said["artifact"] == digest_of(canonical(MAIL), SECRET)
    [body] = said["bodies"]
    lines_of_mail = MAIL.text.replace("\n", "\r\n").encode()
    assert (body["size"], body["digest"]) == (len(lines_of_mail), sha256_of(lines_of_mail))
    assert said["transport"] == {
        "login": True,
        "minimum_version": "TLSv1.2",
        "tls": True,
        "verified_name": True,
    }


@pytest.mark.parametrize(
    ("approved", "other", "why"),
    [
        ('"v":1', '"v":1,"v":1', "a name comes twice"),
        ('"v":1', '"v":1.0', "no whole number"),
        ('"v":1', '"v":2', "v: "),
        ('"v":1', '"v":true', "one canonical way"),
        ('"policy":null', '"policy":9007199254740992', "not below 2"),
        ('"policy":null', '"policy":-1', "policy: "),
        ('"policy":null', '"policy":NaN', "no whole number"),
        ('"policy":null', '"policy":1e3', "no whole number"),
        ('"policy":null,', "", "policy: Field required"),
        ('"tls":true', '"tls":1', "transport.tls: "),
        ('"intent":7', '"intent":"7"', "intent: "),
        ('"intent":7', '"intent": 7', "one canonical way"),
        ('"key":', '"bcc":"eve@example.org","key":', "bcc: Extra inputs"),
        ('"from":', '"sender":', "one canonical way"),
        ("Your invoice", "Your \\u0069nvoice", "one canonical way"),
        ("Your invoice", "\\ud800", "Invalid JSON"),
        ('"cc":["grace@example.net"]', '"cc":[1]', "headers.cc.0: "),
        ('"not_after":null', '"not_after":"infinity"', "not_after: "),
        ("{", "[", "no JSON of a manifest"),
    ],
)
def test_any_other_spelling_is_no_manifest(approved: str, other: str, why: str) -> None:
    assert approved in WRITTEN

    with pytest.raises(BadManifest, match=why):
        read(WRITTEN.replace(approved, other, 1).encode())


@pytest.mark.parametrize(
    "written", [b"", b"null", b"[]", b"\xff", b"[" * 10**5, b"\xef\xbb\xbf"]
)
def test_what_is_no_json_of_one_object_is_no_manifest(written: bytes) -> None:
    with pytest.raises(BadManifest):
        read(written)


def test_the_largest_number_that_every_language_knows_is_read() -> None:
    largest = WRITTEN.replace('"policy":null', f'"policy":{2**53 - 1}')

    assert read(largest.encode()).policy == 2**53 - 1


def test_two_manifests_differ_by_the_names_of_their_fields() -> None:
    other = approved(MAIL.model_copy(update={"subject": "Another", "cc": ()}))

    named = differences(approved(MAIL), other)

    assert {"headers.subject", "headers.cc.1", "envelope.to.2", "artifact"} <= set(named)
    assert dict(lines(other))["headers.cc"] == []


def test_times_and_channels_that_do_not_exist_make_no_manifest() -> None:
    with pytest.raises(BadArtifact, match="not_after: "):
        manifest_of(replace(claim_of(MAIL), not_after="infinity"), required("email"))
    with pytest.raises(BadArtifact, match="none that is called pigeon"):
        required("pigeon")


class Way:
    """A channel with this transport."""

    def __init__(self, transport: Transport) -> None:
        self.transport = transport

    def send(self, claim: Claim, permit: Permit) -> Outcome:
        raise NotImplementedError

    def let_go(self) -> None:
        """Nothing was kept."""


def test_a_sender_finds_what_it_holds_as_approved() -> None:
    claim = claim_of(MAIL)

    held = as_approved(claim, Way(required("email")))

    assert isinstance(held, Approved)
    assert (held.claim, held.manifest.written) == (claim, claim.manifest)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("log", "holdshort/elsewhere"),
        ("id", 8),
        ("version", 3),
        ("key", "another"),
        ("producer", "another"),
        ("channel", "pigeon"),
        ("content", canonical(MAIL.model_copy(update={"subject": "Another"}))),
        ("content", b"no mail"),
        ("policy", 1),
        ("not_before", "2026-11-24T15:00:00.000001Z"),
        ("not_after", "2026-11-25T15:00:00.000000Z"),
        ("manifest", None),
        ("manifest", b"{}"),
    ],
)
def test_a_sender_refuses_what_is_other_than_approved(name: str, value: object) -> None:
    held = replace(claim_of(MAIL), **{name: value})  # type: ignore[arg-type]

    found = as_approved(held, Way(required("email")))

    assert isinstance(found, Refused)
    assert "not what was approved" in found.reason


@pytest.mark.parametrize(
    ("name", "value"),
    [("tls", False), ("verified_name", False), ("minimum_version", "TLSv1"), ("login", False)],
)
def test_a_sender_refuses_a_transport_that_is_other_than_approved(
    name: str, value: object
) -> None:
    weaker = required("email").model_copy(update={name: value})

    found = as_approved(claim_of(MAIL), Way(weaker))

    assert isinstance(found, Refused)
    assert found.reason == f"it is not what was approved: other transport.{name}"
