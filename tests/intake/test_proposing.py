"""What an agent does over HTTP: propose, look, edit, take back."""

from __future__ import annotations

import base64
from typing import Any

import httpx
import pytest

from outbox.store import Connection
from tests.intake.conftest import Agents
from tests.parts import journey

MAIL = {
    "sender": "billing@example.com",
    "to": ["ada@example.org"],
    "subject": "Your invoice",
    "text": "It is ready.",
}


def proposal(key: str = "bill-7", **changed: Any) -> dict[str, Any]:
    return {"key": key, "artifact": {**MAIL, **changed}}


def proposed(agent: httpx.Client, key: str = "bill-7") -> dict[str, Any]:
    answer = agent.post("/v1/intents", json=proposal(key))
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def test_a_proposal_is_held_and_is_told_where_it_is(
    agent: httpx.Client, db: Connection
) -> None:
    answer = agent.post("/v1/intents", json=proposal())

    intent = answer.json()
    assert answer.status_code == 201
    assert answer.headers["location"] == f"/v1/intents/{intent['id']}"
    assert answer.headers["etag"] == f'"{intent["digest"]}"'
    assert (intent["key"], intent["state"], intent["version"]) == ("bill-7", "submitted", 1)
    [row] = db.execute("SELECT producer, tenant, moved_by FROM outbox.intent").fetchall()
    assert row == ("billing", "default", "agent")


def test_the_same_again_is_the_same_intent(agent: httpx.Client, db: Connection) -> None:
    first = agent.post("/v1/intents", json=proposal())
    again = agent.post("/v1/intents", json=proposal())

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json() == first.json()
    assert db.execute("SELECT count(*) FROM outbox.intent").fetchall() == [(1,)]


def test_the_key_may_be_in_the_header_as_well(agent: httpx.Client) -> None:
    named = {"Idempotency-Key": "bill-7"}
    body = {"artifact": MAIL}

    assert agent.post("/v1/intents", json=body, headers=named).json()["key"] == "bill-7"
    assert agent.post("/v1/intents", json=proposal(), headers=named).status_code == 200
    other = agent.post("/v1/intents", json=proposal("bill-8"), headers=named)
    assert (other.status_code, agent.post("/v1/intents", json=body).status_code) == (422, 422)
    assert "another one than the header" in other.json()["detail"]


def test_a_key_with_other_bytes_is_refused(agent: httpx.Client) -> None:
    proposed(agent)

    answer = agent.post("/v1/intents", json=proposal(subject="Another"))

    assert answer.status_code == 409
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "urn:holdshort:conflict"


def test_what_it_says_of_itself_is_not_listened_to(agent: httpx.Client) -> None:
    for extra in ({"producer": "root"}, {"tenant": "others"}, {"state": "approved"}):
        answer = agent.post("/v1/intents", json={**proposal(), **extra})

        assert answer.status_code == 422
        assert answer.json()["detail"].startswith(next(iter(extra)))


def test_a_page_shows_ones_own_and_nobody_elses(agents: Agents) -> None:
    billing, shipping = agents("billing"), agents("shipping")
    elsewhere = agents("billing", tenant="others")
    mine = [proposed(billing, f"key {number}")["id"] for number in range(3)]
    proposed(shipping, "theirs")

    first = billing.get("/v1/intents", params={"size": 2}).json()
    rest = billing.get("/v1/intents", params={"size": 2, "before": first["before"]}).json()

    assert [one["id"] for one in first["intents"] + rest["intents"]] == mine[::-1]
    assert rest["before"] is None
    assert elsewhere.get("/v1/intents").json() == {"intents": [], "before": None}


def test_another_agents_intent_is_not_there(agents: Agents, db: Connection) -> None:
    billing, shipping = agents("billing"), agents("shipping")
    intent = proposed(billing)
    id, digest = intent["id"], intent["digest"]
    journey.score_and_route(db)
    tag = {"If-Match": digest}

    answers = [
        shipping.get(f"/v1/intents/{id}"),
        shipping.put(f"/v1/intents/{id}", json={"artifact": MAIL}, headers=tag),
        shipping.post(f"/v1/intents/{id}/withdraw", json={"reason": "mine now"}),
        shipping.get("/v1/intents/999"),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 404]
    assert answers[0].json()["detail"].replace(str(id), "N") == answers[3].json()[
        "detail"
    ].replace("999", "N")
    assert billing.get(f"/v1/intents/{id}").json()["intent"]["state"] == "awaiting_approval"


def test_another_agents_key_is_taken_and_says_nothing_of_its_intent(agents: Agents) -> None:
    billing, shipping = agents("billing"), agents("shipping")
    proposed(billing)

    same = shipping.post("/v1/intents", json=proposal())
    other = shipping.post("/v1/intents", json=proposal(subject="Guess"))

    assert (same.status_code, other.status_code) == (409, 409)
    assert same.json() == other.json()
    assert shipping.get("/v1/intents").json()["intents"] == []


@pytest.mark.parametrize(
    ("artifact", "where"),
    [
        ({"to": ["nobody"]}, "artifact.to.0"),
        ({"to": "ada@example.org"}, "artifact.to"),
        ({"subject": "x\ny"}, "artifact.subject"),
        ({"text": ""}, "artifact"),
        ({"amount": {"value": 1.5, "currency": "EUR"}}, "artifact.amount.value"),
        ({"bcc": ["eve@example.org"]}, "artifact.bcc"),
    ],
)
def test_what_could_never_be_sent_is_refused_by_the_name_of_its_field(
    agent: httpx.Client, artifact: dict[str, Any], where: str
) -> None:
    answer = agent.post("/v1/intents", json=proposal(**artifact))

    assert answer.status_code == 422
    assert answer.json()["detail"].startswith(f"{where}: ")


def test_an_attachment_of_megabytes_is_taken(agent: httpx.Client) -> None:
    content = base64.b64encode(b"x" * 8 * 2**20).decode()
    file = {"filename": "x.bin", "media_type": "application/octet-stream", "content": content}

    assert agent.post("/v1/intents", json=proposal(attachments=[file])).status_code == 201
