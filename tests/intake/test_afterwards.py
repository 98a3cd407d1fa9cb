"""What an agent does with what it has proposed: edit, take back, hear why not."""

from __future__ import annotations

import httpx

from outbox.desk import Desk
from outbox.reasons import Because
from outbox.store import Connection
from tests.intake.test_proposing import MAIL, proposal, proposed
from tests.parts import journey


def test_an_edit_names_what_it_is_in_place_of(agent: httpx.Client, db: Connection) -> None:
    intent = proposed(agent)
    where, body = f"/v1/intents/{intent['id']}", {"artifact": {**MAIL, "subject": "Mended"}}
    journey.score_and_route(db)

    assert agent.put(where, json=body).status_code == 428
    assert agent.put(where, json=body, headers={"If-Match": "*"}).status_code == 422
    assert agent.put(where, json=body, headers={"If-Match": "0" * 64}).status_code == 412
    edited = agent.put(where, json=body, headers={"If-Match": f'"{intent["digest"]}"'})
    late = agent.put(where, json=body, headers={"If-Match": intent["digest"]})

    assert (edited.status_code, late.status_code) == (200, 412)
    assert (edited.json()["version"], edited.json()["state"]) == (2, "submitted")
    assert edited.json()["digest"] in late.json()["detail"]
    [(by,)] = db.execute("SELECT written_by FROM outbox.artifact WHERE version = 2").fetchall()
    assert by == "billing"


def test_what_is_being_scored_is_not_edited(agent: httpx.Client) -> None:
    intent = proposed(agent)

    answer = agent.put(
        f"/v1/intents/{intent['id']}",
        json={"artifact": MAIL},
        headers={"If-Match": intent["digest"]},
    )

    assert (answer.status_code, answer.json()["type"]) == (409, "urn:holdshort:illegal-move")


def test_it_is_taken_back_with_a_reason_and_only_once(agent: httpx.Client) -> None:
    where = f"/v1/intents/{proposed(agent)['id']}/withdraw"

    assert agent.post(where, json={"reason": ""}).status_code == 422
    assert agent.post(where, json={"reason": "paid"}).json()["state"] == "withdrawn"
    assert agent.post(where, json={"reason": "paid"}).status_code == 409


def test_an_agent_is_told_why_a_person_says_no(agent: httpx.Client, db: Connection) -> None:
    id = proposed(agent)["id"]
    journey.score_and_route(db)
    Desk(db, actor="grace").send_back(
        id, digest=journey.seen(db, id), because=Because.WRONG_AMOUNT, reason="it is 12 EUR"
    )

    looked = agent.get(f"/v1/intents/{id}")

    said = looked.json()["receipts"]
    assert looked.json()["intent"]["state"] == "sent_back"
    assert [one["kind"] for one in said] == journey.kinds_of(db, id)
    assert (said[-1]["because"], said[-1]["reason"]) == ("wrong_amount", "it is 12 EUR")
    assert all(one["reason"] is None for one in said[:-1])
    assert "grace" not in looked.text


def test_a_trace_is_carried_on_and_a_broken_one_is_not(
    agent: httpx.Client, db: Connection
) -> None:
    trace = f"00-{'4b' * 16}-{'00f0' * 4}-01"
    for key, given in (("a", trace), ("b", "00-xyz"), ("c", f"00-{'0' * 32}-{'1' * 16}-01")):
        said = {"traceparent": given}
        answer = agent.post("/v1/intents", json=proposal(key), headers=said)
        assert answer.status_code == 201

    rows = db.execute("SELECT traceparent FROM outbox.intent ORDER BY id").fetchall()
    assert rows == [(trace,), (None,), (None,)]
    [(published,)] = db.execute(
        "SELECT traceparent FROM outbox.event WHERE traceparent IS NOT NULL"
    ).fetchall()
    assert published == trace
