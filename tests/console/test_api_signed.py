"""Approvals over the API where approvals are signed: with the person's own key, elsewhere."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx
import pytest

from outbox.authority.documents import declare
from outbox.store import Connection
from schemas.authority import documents, signing
from schemas.authority.documents import Approval
from schemas.authority.keeping import kept
from schemas.receipts.envelope import sealed
from schemas.receipts.keys import Signer
from tests.parts import journey
from tests.parts.console import console
from tests.parts.programs import read, shown
from tests.parts.reviewers import ADA, BOB, EVE, enrolled


@pytest.fixture
def ada(dsn: str, db: Connection) -> Iterator[httpx.Client]:
    """A program of ada's, where approvals are signed."""
    for person, key in (("ada", ADA.key), ("bob", BOB.key)):
        declare(db, kept(enrolled(person, key), key.name), {"person": person})
    with (
        console(dsn, person=None, approvals="signed") as origin,
        httpx.Client(base_url=f"{origin}/api/v1", headers=shown(db, "ada")) as client,
    ):
        yield client


def prepared(ada: httpx.Client, *ids: int) -> Approval:
    """What the console gives to be signed."""
    items = [{"id": id, "digest": read(ada, id)} for id in ids]
    told = ada.post("/approvals/prepare", json={"items": items}).json()
    return documents.approval(base64.b64decode(told["payload"]))


def sealed_by(said: Approval, signer: Signer = ADA) -> dict[str, Any]:
    envelope = signing.signed(said, signer).as_json()
    assert isinstance(envelope, dict)
    return envelope


def test_what_was_prepared_and_signed_elsewhere_is_an_approval(
    ada: httpx.Client, db: Connection
) -> None:
    id = journey.awaiting(db).id
    signed = sealed_by(prepared(ada, id))

    answer = ada.post(
        f"/intents/{id}/approve", json={"digest": read(ada, id), "signed": signed}
    )

    assert answer.json() == {"id": id, "by": "ada", "missing": 0, "decoy": None}
    [(key,)] = db.execute("SELECT key FROM outbox.document WHERE kind = 'approval'").fetchall()
    assert key == ADA.key.name


def test_one_signature_is_over_many(ada: httpx.Client, db: Connection) -> None:
    ids = [journey.awaiting(db).id for _ in range(3)]
    items = [{"id": id, "digest": read(ada, id)} for id in ids]

    answer = ada.post(
        "/approvals", json={"items": items, "signed": sealed_by(prepared(ada, *ids))}
    )

    assert (answer.status_code, [one["error"] for one in answer.json()]) == (200, [None] * 3)
    assert {journey.state_of(db, id) for id in ids} == {"approved"}


def test_a_name_is_not_enough(ada: httpx.Client, db: Connection) -> None:
    id = journey.awaiting(db).id

    answer = ada.post(f"/intents/{id}/approve", json={"digest": read(ada, id)})

    assert (answer.status_code, journey.state_of(db, id)) == (422, "awaiting_approval")
    assert "prepare" in answer.json()["next"]


def test_what_somebody_else_has_signed_or_for_something_else_is_no_approval(
    ada: httpx.Client, db: Connection
) -> None:
    id, other = journey.awaiting(db).id, journey.awaiting(db).id
    said = prepared(ada, id)
    as_json = sealed_by(said)
    forged = [
        sealed_by(said, BOB),
        sealed_by(said, EVE),
        sealed_by(replace(said, approver="bob"), BOB),
        sealed_by(replace(said, approver="bob")),
        sealed_by(replace(said, log="elsewhere")),
        sealed_by(prepared(ada, other)),
        sealed_by(prepared(ada, id, other)),
        sealed_by(replace(said, delegator="grace")),
        {**as_json, "signatures": [{"keyid": ADA.key.name, "sig": "AAAA"}]},
        {**as_json, "payload": base64.b64encode(b"{}").decode()},
        {**as_json, "payloadType": "application/json"},
        sealed("application/json", said.written(), ADA).as_json(),
        sealed("application/vnd.holdshort.grant.v1+json", said.written(), ADA).as_json(),
    ]
    for envelope in forged:
        body = {"digest": read(ada, id), "signed": envelope}
        answer = ada.post(f"/intents/{id}/approve", json=body)

        assert answer.status_code in (403, 404, 409, 422), envelope
        assert journey.state_of(db, id) == "awaiting_approval"


def test_what_is_prepared_is_of_what_was_read(ada: httpx.Client, db: Connection) -> None:
    id = journey.awaiting(db).id
    items = [{"id": id, "digest": "0" * 64}]

    answer = ada.post("/approvals/prepare", json={"items": items})

    assert (answer.status_code, answer.json()["type"]) == (409, "urn:holdshort:moved")
