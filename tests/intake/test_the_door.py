"""Who is let in, what is not even read, and what becomes of an outage."""

from __future__ import annotations

import signal
import socket
from pathlib import Path

import httpx
import pytest

from consumers.intake.app import application
from consumers.intake.connections import Connections
from deploy.serving import serving
from outbox import tokens
from outbox.store import Connection, connect
from outbox.tokens import Kind
from schemas.migrate import upgrade
from tests.intake.test_proposing import proposal, proposed
from tests.parts.journey import HOUR
from tests.parts.servers import OwnDatabase

FORGED: tuple[dict[str, str], ...] = (
    {},
    {"Authorization": ""},
    {"Authorization": "Bearer"},
    {"Authorization": f"Bearer holdshort_agent_{'A' * 43}"},
    {"Authorization": f"Bearer holdshort_person_{'A' * 43}"},
    {"Authorization": f"Basic holdshort_agent_{'A' * 43}"},
    {"Authorization": "Bearer ' OR true --"},
    {"Cookie": f"token=holdshort_agent_{'A' * 43}"},
    {"X-Forwarded-User": "ada", "X-Remote-User": "ada"},
)


def test_nobody_gets_in_without_a_token_that_is_in_force(intake: str, db: Connection) -> None:
    person = tokens.make(db, Kind.PERSON, "ada", tenant=None, valid_for=HOUR, actor="ada")
    shown = [*FORGED, {"Authorization": f"Bearer {person.token}"}]
    for headers in shown:
        for path in ("/v1/intents", "/v1/intents/1", "/", "/nowhere"):
            answer = httpx.get(f"{intake}{path}", headers=headers)

            assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
            assert answer.json()["type"] == "urn:holdshort:token-unknown"


def test_what_is_revoked_is_out_with_the_next_request(
    agent: httpx.Client, db: Connection
) -> None:
    assert agent.get("/v1/intents").status_code == 200

    tokens.revoke(db, 1, actor="ada")

    assert agent.get("/v1/intents").status_code == 401


def test_a_token_expires(agent: httpx.Client, db: Connection) -> None:
    db.execute("ALTER TABLE outbox.token DISABLE TRIGGER a_token_is_only_revoked")
    db.execute("UPDATE outbox.token SET made_at = now() - interval '1 h', expires_at = now()")

    assert agent.get("/v1/intents").status_code == 401


def test_nothing_of_a_request_is_read_before_somebody_is_let_in(intake: str) -> None:
    where = httpx.URL(intake)
    with socket.create_connection((where.host, where.port or 0), timeout=10) as client:
        client.sendall(
            b"POST /v1/intents HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            b"Content-Length: 20000000\r\n\r\n{"
        )
        assert client.recv(4096).startswith(b"HTTP/1.1 401 ")


def test_an_answer_is_kept_by_nobody_and_read_as_nothing_else(agent: httpx.Client) -> None:
    for path in ("/v1/intents", "/v1/intents/7", "/v1/openapi.json"):
        headers = agent.get(path).headers
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"


def test_no_page_that_loads_scripts_from_elsewhere_is_served(agent: httpx.Client) -> None:
    for path in ("/docs", "/redoc", "/openapi.json", "/v1/docs"):
        assert agent.get(path).status_code == 404


def test_an_outage_is_said_and_outlived(own_room: Path) -> None:
    database = OwnDatabase(own_room / "postgres")
    database.start()
    upgrade(database.dsn)
    with connect(database.dsn, application="tests") as db:
        new = tokens.make(db, Kind.AGENT, "a", tenant="default", valid_for=HOUR, actor="ada")
    shown = {"Authorization": f"Bearer {new.token}"}
    connections = Connections(database.dsn)
    with (
        serving(application(connections), "127.0.0.1:0", setting="X") as port,
        httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=shown, timeout=20) as agent,
    ):
        intent = proposed(agent)
        database.end(signal.SIGQUIT)
        away = [agent.post("/v1/intents", json=proposal()) for _ in range(3)]
        database.start()
        agent.get("/v1/intents")  # may find out that its connection is gone
        again = agent.post("/v1/intents", json=proposal())
    connections.close()
    database.stop()

    assert {answer.status_code for answer in away} == {503}
    assert {answer.headers["retry-after"] for answer in away} == {"2"}
    assert away[0].json()["type"] == "urn:holdshort:dependency-down"
    assert (again.status_code, again.json()["id"]) == (200, intent["id"])


def test_who_waits_too_long_for_a_connection_is_told_to_come_again(
    dsn: str, db: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("consumers.intake.connections._PATIENCE", 0.05)
    new = tokens.make(db, Kind.AGENT, "a", tenant="default", valid_for=HOUR, actor="ada")
    connections = Connections(dsn, most=1)
    with (
        serving(application(connections), "127.0.0.1:0", setting="X") as port,
        connections.one(),
    ):
        where = f"http://127.0.0.1:{port}/v1/intents"
        answer = httpx.get(where, headers={"Authorization": f"Bearer {new.token}"})
    connections.close()

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
