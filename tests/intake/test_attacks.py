"""An agent's token can propose, and nothing else: everything is tried with it, everywhere."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from consumers.console.api.app import AT, api
from consumers.console.app import PAGES
from consumers.intake.app import application
from consumers.intake.connections import Connections
from outbox.store import Connection
from tests.intake.conftest import Agents
from tests.intake.test_proposing import MAIL
from tests.parts import journey
from tests.parts.console import console
from tests.roles.digest import Digest

DIGEST = "0" * 64
BODIES: tuple[dict[str, Any], ...] = (
    {},
    {"digest": DIGEST, "reason": "x", "because": "other", "by": "ada", "outcome": "sent"},
    {"outbound": "on", "position": "on"},
    {"items": [{"id": 1, "digest": DIGEST}], "role": "human", "producer": "ada"},
)
VERBS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD")
MEANT = {
    "X-Forwarded-User": "ada",
    "X-HTTP-Method-Override": "DELETE",
    "Cookie": "__Host-holdshort=x",
}
MANY = 40


def paths_of(app: FastAPI, at: str = "") -> Iterator[tuple[str, str]]:
    """Every method and path that the application knows."""
    for path, methods in app.openapi()["paths"].items():
        for method in methods:
            yield method.upper(), f"{at}{path}"


def pages() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for route in page.router.routes:
            if isinstance(route, APIRoute):
                yield from ((method, route.path) for method in route.methods or ())


def filled(path: str, id: int) -> str:
    named = {"{id}": str(id), "{version}": "1", "{which}": "approve", "{name}": "x", "{n}": "1"}
    for name, value in named.items():
        path = path.replace(name, value)
    return path.replace("{k}", "1").replace("{verb}", "approve")


@pytest.fixture
def at(dsn: str) -> Iterator[str]:
    """A console at which nobody is signed in."""
    with console(dsn, person=None) as origin:
        yield origin


def test_with_an_agents_token_nothing_at_the_console_is_done_or_shown(
    at: str, agents: Agents, db: Connection
) -> None:
    id, digest = journey.awaiting(db).id, Digest(db)
    token = agents("eve").headers["authorization"]
    before, tried = digest.taken(), 0
    with httpx.Client(base_url=at, headers={"Authorization": token}, timeout=20) as eve:
        for method, path in {*paths_of(api(None), AT), *pages()}:
            for body in BODIES if method != "GET" else BODIES[:1]:
                for form in ({"json": body}, {"data": {k: str(v) for k, v in body.items()}}):
                    asked: dict[str, Any] = {} if method == "GET" else {**form}
                    answer = eve.request(method, filled(path, id), **asked)
                    tried += 1
                    public = (method, path) == ("GET", "/signin")
                    assert public or answer.status_code >= 300, f"{method} {path}"
                    if path.startswith(AT):
                        assert answer.status_code == 403, f"{method} {path}"
                    assert "Your invoice" not in answer.text
    assert digest.taken() == before
    assert tried > MANY


def test_with_an_agents_token_the_intake_moves_nothing_that_is_not_its_own(
    intake: str, agents: Agents, db: Connection
) -> None:
    others = agents("billing").post("/v1/intents", json={"key": "k", "artifact": MAIL}).json()
    journey.score_and_route(db)
    eve, digest = agents("eve"), Digest(db)
    eve.get("/v1/intents")  # from now on, its token is known to be in use
    before, tried = digest.taken(), 0
    known = set(paths_of(application(Connections(""))))
    paths = {path for _, path in known} | {"/v1/intents/{id}/approve", "/v1/switch", "/"}
    for path, verb, body in product(paths, VERBS, BODIES):
        meant = {**MEANT, "If-Match": others["digest"]}
        answer = eve.request(verb, filled(path, others["id"]), json=body, headers=meant)
        tried += 1
        fine = (verb, path) in {("GET", "/v1/intents"), ("GET", "/v1/openapi.json")}
        assert fine or answer.status_code in (401, 404, 405, 422), f"{verb} {path}"
        assert "Your invoice" not in answer.text
    assert digest.taken() == before
    assert tried > MANY


def test_what_an_agent_does_to_its_own_is_a_proposal_and_never_more(
    agents: Agents, db: Connection
) -> None:
    eve = agents("eve")
    intent = eve.post("/v1/intents", json={"key": "k", "artifact": MAIL}).json()
    journey.score_and_route(db)
    tag, where = {"If-Match": intent["digest"]}, f"/v1/intents/{intent['id']}"
    for said in ({"state": "approved"}, {"approved_by": "ada"}, {"role": "human"}):
        assert eve.put(where, json={"artifact": MAIL, **said}, headers=tag).status_code == 422
    edited = eve.put(where, json={"artifact": {**MAIL, "subject": "x"}}, headers=tag)
    eve.post(f"{where}/withdraw", json={"reason": "x"})

    moves = db.execute("SELECT DISTINCT role FROM outbox.event").fetchall()
    assert edited.status_code == 200
    assert {role for (role,) in moves} == {"agent", "scorer", "router"}
    [(approvals,)] = db.execute("SELECT count(*) FROM outbox.approval").fetchall()
    assert approvals == 0
