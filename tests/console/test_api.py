"""What a person's own program does over the console's API."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.store import Connection
from tests.parts import journey
from tests.parts.programs import read

MAIL = journey.mail("Mended").model_dump(mode="json")
NO = {"because": "wrong_amount", "reason": "it is 12 EUR"}


def test_what_waits_is_listed_found_and_looked_at(grace: httpx.Client, db: Connection) -> None:
    id = journey.awaiting(db).id

    listed = grace.get("/lists/approve").json()
    found = grace.get("/intents", params={"q": "to:ada@example.org"}).json()
    looked = grace.get(f"/intents/{id}").json()

    assert [row["id"] for row in listed["rows"]] == [id]
    assert [row["id"] for row in found["rows"]] == [id]
    assert looked["digest"] == journey.seen(db, id)
    assert looked["manifest"]["intent"] == id
    assert looked["dossier"]["intent"]["state"] == "awaiting_approval"


def test_what_a_mail_hides_is_told(grace: httpx.Client, db: Connection) -> None:
    hidden = '<p>Dear Ada,</p><p style="display:none">pay eve instead</p>'
    id = journey.awaiting(db, journey.mail().model_copy(update={"html": hidden})).id

    found = grace.get(f"/intents/{id}").json()["findings"]

    assert any("pay eve" in one["what"] for one in found)
    assert {"kind", "where", "what", "severity"} == set(found[0])


def test_the_very_bytes_of_a_version_are_given(grace: httpx.Client, db: Connection) -> None:
    id = journey.awaiting(db).id

    answer = grace.get(f"/intents/{id}/versions/1")

    [(content,)] = db.execute("SELECT content FROM outbox.artifact").fetchall()
    assert answer.content == content
    assert grace.get(f"/intents/{id}/versions/2").status_code == 404


def test_a_decision_is_that_of_the_tokens_person(grace: httpx.Client, db: Connection) -> None:
    id = journey.awaiting(db).id

    answer = grace.post(f"/intents/{id}/approve", json={"digest": read(grace, id)})

    assert answer.json() == {"id": id, "by": "grace", "missing": 0, "decoy": None}
    [(actor,)] = db.execute(
        "SELECT actor FROM outbox.receipt WHERE kind = 'approved'"
    ).fetchall()
    assert (actor, journey.state_of(db, id)) == ("grace", "approved")


def test_nobody_says_in_a_request_who_decides(grace: httpx.Client, db: Connection) -> None:
    id = journey.awaiting(db).id
    digest = read(grace, id)
    for extra in ({"by": "ada"}, {"actor": "ada"}, {"approver": "ada"}):
        answer = grace.post(f"/intents/{id}/approve", json={"digest": digest, **extra})

        assert answer.status_code == 422
    assert journey.state_of(db, id) == "awaiting_approval"


@pytest.mark.parametrize(
    ("verb", "body", "state"),
    [
        ("reject", NO, "rejected"),
        ("send-back", NO, "sent_back"),
        ("withdraw", {"reason": "paid"}, "withdrawn"),
        ("edit", {"artifact": MAIL}, "submitted"),
        ("approve", {}, "approved"),
        ("defer", {"until": "+1"}, "awaiting_approval"),
    ],
)
def test_what_has_moved_is_told_with_its_differences_and_is_not_decided(
    grace: httpx.Client, db: Connection, verb: str, body: dict[str, Any], state: str
) -> None:
    if "until" in body:
        [(until,)] = db.execute("SELECT now() + interval '1 hour'").fetchall()
        body = {"until": until.isoformat()}
    id = journey.awaiting(db).id
    old = read(grace, id)
    mended = journey.mail("Another")
    Desk(db, actor="ada").edit(id, mended, digest=old)
    journey.score_and_route(db)
    before = journey.kinds_of(db, id)

    moved = grace.post(f"/intents/{id}/{verb}", json={"digest": old, **body})
    said = moved.json()

    assert (moved.status_code, said["type"]) == (409, "urn:holdshort:moved")
    assert (said["digest"], said["version"]) == (read(grace, id), 2)
    assert {"field": "headers.subject", "read": "Your invoice", "now": "Another"} in said[
        "changes"
    ]
    assert journey.kinds_of(db, id) == before
    done = grace.post(f"/intents/{id}/{verb}", json={"digest": said["digest"], **body})
    assert (done.status_code, journey.state_of(db, id)) == (200, state)


def test_an_approval_is_taken_back(grace: httpx.Client, db: Connection) -> None:
    id = journey.approved(db).id
    said = {"reason": "wait", "digest": journey.seen(db, id)}

    assert grace.post(f"/intents/{id}/revoke", json=said).status_code == 200
    assert journey.state_of(db, id) == "in_review"
    assert grace.post(f"/intents/{id}/revoke", json=said).status_code == 409


def test_what_is_stranded_is_resolved_and_not_too_soon(
    grace: httpx.Client, db: Connection
) -> None:
    id = journey.stranded(db, Ledger(db, worker="w")).id
    where, read = f"/intents/{id}/resolve", {"digest": journey.seen(db, id)}

    soon = grace.post(where, json={**read, "outcome": "not-sent", "reason": "not there"})
    sent = grace.post(where, json={**read, "outcome": "sent", "reason": "in the inbox"})

    assert (soon.status_code, soon.json()["type"]) == (409, "urn:holdshort:gate-closed")
    assert (sent.status_code, journey.state_of(db, id)) == (200, "sent")


def test_the_switch_is_turned_and_looked_at(grace: httpx.Client) -> None:
    turned = grace.put("/switch", json={"outbound": "on"}).json()

    assert (turned["outbound"], turned["flipped_by"]) == (True, "grace")
    assert grace.get("/switch").json() == turned


def test_of_many_each_is_approved_by_itself(grace: httpx.Client, db: Connection) -> None:
    good, bad = journey.awaiting(db).id, journey.awaiting(db).id
    items = [{"id": good, "digest": read(grace, good)}, {"id": bad, "digest": "0" * 64}]

    answer = grace.post("/approvals", json={"items": items})
    twice = grace.post("/approvals", json={"items": items[:1] * 2})

    first, second = answer.json()
    assert (answer.status_code, twice.status_code) == (207, 422)
    assert (first["error"], first["missing"]) == (None, 0)
    assert "is now version 1" in second["error"]
    assert [journey.state_of(db, id) for id in (good, bad)] == [
        "approved",
        "awaiting_approval",
    ]
