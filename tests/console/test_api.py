"""What a person's own program does over the console's API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from outbox import tokens
from outbox.desk import Desk
from outbox.ledger import Ledger
from outbox.store import Connection
from outbox.tokens import Kind
from tests.parts import journey
from tests.parts.console import console

MAIL = journey.mail("Mended").model_dump(mode="json")
NO = {"because": "wrong_amount", "reason": "it is 12 EUR"}


def shown(db: Connection, name: str, kind: Kind = Kind.PERSON) -> dict[str, str]:
    """The header of a new token."""
    tenant = "default" if kind is Kind.AGENT else None
    made = tokens.make(db, kind, name, tenant=tenant, valid_for=journey.HOUR, actor="ada")
    return {"Authorization": f"Bearer {made.token}"}


@pytest.fixture
def at(dsn: str) -> Iterator[str]:
    """Where a console is at which nobody is signed in."""
    with console(dsn, person=None) as origin:
        yield f"{origin}/api/v1"


@pytest.fixture
def grace(at: str, db: Connection) -> Iterator[httpx.Client]:
    """A program of grace's."""
    with httpx.Client(base_url=at, headers=shown(db, "grace"), timeout=20) as client:
        yield client


def read(program: httpx.Client, id: int) -> str:
    """The digest of what is to be decided on."""
    return str(program.get(f"/intents/{id}").json()["digest"])


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


def test_the_very_bytes_of_a_version_are_given(grace: httpx.Client, db: Connection) -> None:
    id = journey.awaiting(db).id

    answer = grace.get(f"/intents/{id}/versions/1")

    [(content,)] = db.execute("SELECT content FROM outbox.artifact").fetchall()
    assert answer.content == content
    assert grace.get(f"/intents/{id}/versions/2").status_code == 404


def test_a_decision_is_that_of_the_tokens_person(grace: httpx.Client, db: Connection) -> None:
    id = journey.awaiting(db).id

    answer = grace.post(f"/intents/{id}/approve", json={"digest": read(grace, id)})

    assert answer.json() == {"id": id, "by": "grace", "missing": 0}
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

    assert grace.post(f"/intents/{id}/revoke", json={"reason": "wait"}).status_code == 200
    assert journey.state_of(db, id) == "in_review"
    assert grace.post(f"/intents/{id}/revoke", json={"reason": "wait"}).status_code == 409


def test_what_is_stranded_is_resolved_and_not_too_soon(
    grace: httpx.Client, db: Connection
) -> None:
    id = journey.stranded(db, Ledger(db, worker="w")).id
    where = f"/intents/{id}/resolve"

    soon = grace.post(where, json={"outcome": "not-sent", "reason": "not there"})
    sent = grace.post(where, json={"outcome": "sent", "reason": "it is in the inbox"})

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


def test_an_agents_token_is_nothing_here(at: str, db: Connection) -> None:
    id = journey.awaiting(db).id
    digest = journey.seen(db, id)
    with httpx.Client(base_url=at, headers=shown(db, "eve", Kind.AGENT)) as eve:
        answers = [
            eve.get("/lists/approve"),
            eve.get(f"/intents/{id}"),
            eve.post(f"/intents/{id}/approve", json={"digest": digest}),
            eve.put("/switch", json={"outbound": "on"}),
        ]

    assert {answer.status_code for answer in answers} == {403}
    assert journey.state_of(db, id) == "awaiting_approval"


def test_a_person_is_let_in_by_a_token_in_force_alone(at: str, db: Connection) -> None:
    headers = shown(db, "grace")
    forged = f"Bearer holdshort_person_{'A' * 43}"
    where = f"{at}/lists/approve"

    assert httpx.get(where, headers=headers).status_code == 200
    tokens.revoke(db, 1, actor="ada")
    for said in ({}, headers, {"Authorization": forged}, {"Authorization": "Basic YTpi"}):
        answer = httpx.get(where, headers=said)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")


def test_a_session_lets_in_too_and_only_from_the_console_itself(
    dsn: str, db: Connection
) -> None:
    id = journey.awaiting(db).id
    body = {"digest": journey.seen(db, id)}
    cookie = {"Cookie": "__Host-holdshort=x"}
    with console(dsn, person="ada") as origin:
        where = f"{origin}/api/v1/intents/{id}/approve"
        for elsewhere in (
            {"Origin": "https://evil.example"},
            {"Sec-Fetch-Site": "cross-site"},
            {},
        ):
            refused = httpx.post(where, json=body, headers={**cookie, **elsewhere})
            assert refused.status_code == 403
        assert journey.state_of(db, id) == "awaiting_approval"
        done = httpx.post(where, json=body, headers={**cookie, "Origin": origin})

    assert done.json()["by"] == "ada"


def test_nothing_is_decided_by_looking(grace: httpx.Client, db: Connection) -> None:
    id = journey.awaiting(db).id
    for verb in ("approve", "reject", "revoke", "withdraw", "resolve", "edit", "send-back"):
        assert grace.get(f"/intents/{id}/{verb}").status_code == 405
    assert journey.state_of(db, id) == "awaiting_approval"


def test_what_is_not_there_is_said_to_a_program_as_a_problem_and_to_a_person_as_a_page(
    at: str,
) -> None:
    origin = at.removesuffix("/api/v1")
    for path in ("/api/v2", "/api/v1/intents/%0A/approve", "/api/v1/nowhere"):
        answer = httpx.get(origin + path)
        assert (answer.status_code, answer.headers["content-type"]) == (
            404,
            "application/problem+json",
        )
    page = httpx.get(f"{origin}/nowhere")
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
