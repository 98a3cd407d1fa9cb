"""Whom the console's API listens to, and to whom it does not."""

from __future__ import annotations

import httpx

from outbox import tokens
from outbox.store import Connection
from outbox.tokens import Kind
from tests.parts import journey
from tests.parts.console import console
from tests.parts.programs import shown


def test_an_agents_token_is_nothing_here(api: str, db: Connection) -> None:
    id = journey.awaiting(db).id
    digest = journey.seen(db, id)
    with httpx.Client(base_url=api, headers=shown(db, "eve", Kind.AGENT)) as eve:
        answers = [
            eve.get("/lists/approve"),
            eve.get(f"/intents/{id}"),
            eve.post(f"/intents/{id}/approve", json={"digest": digest}),
            eve.put("/switch", json={"outbound": "on"}),
        ]

    assert {answer.status_code for answer in answers} == {403}
    assert journey.state_of(db, id) == "awaiting_approval"


def test_a_person_is_let_in_by_a_token_in_force_alone(api: str, db: Connection) -> None:
    headers = shown(db, "grace")
    forged = f"Bearer holdshort_person_{'A' * 43}"
    where = f"{api}/lists/approve"

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
    api: str,
) -> None:
    origin = api.removesuffix("/api/v1")
    for path in ("/api/v2", "/api/v1/intents/%0A/approve", "/api/v1/nowhere"):
        answer = httpx.get(origin + path)
        assert (answer.status_code, answer.headers["content-type"]) == (
            404,
            "application/problem+json",
        )
    page = httpx.get(f"{origin}/nowhere")
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
