"""An API keeps what it has said of itself, or what a client stumbles over is named."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from schemas.contracts.asyncapi import asyncapi
from schemas.contracts.interfaces import breaks_of_http, breaks_of_kafka

JSON = dict[str, Any]
Change = Callable[[JSON], object]

INTAKE: JSON = json.loads(
    (Path(__file__).parents[2] / "schemas" / "json" / "intake.openapi.json").read_text("utf-8")
)
ONE, MANY = "/v1/intents/{id}", "/v1/intents"


def shape(api: JSON, name: str) -> JSON:
    found: JSON = api["components"]["schemas"][name]
    return found


def query(name: str, **said: Any) -> JSON:
    return {"in": "query", "name": name, "schema": {"type": "string"}, **said}


BREAKING: list[tuple[str, Change]] = [
    (f"GET {ONE}: is gone", lambda api: api["paths"].pop(ONE)),
    (f"POST {MANY} body.key: ", lambda api: shape(api, "Proposal")["required"].append("key")),
    (
        f"POST {MANY} body.artifact.cc: is not taken",
        lambda api: shape(api, "Email")["properties"].pop("cc"),
    ),
    (
        f"GET {MANY} 200.intents[].digest: is not always there",
        lambda api: shape(api, "Intent")["required"].remove("digest"),
    ),
    (f"GET {ONE} 200.intent.state: ", lambda api: shape(api, "State")["enum"].append("lost")),
    (
        f"GET {MANY} query of: must be there now",
        lambda api: api["paths"][MANY]["get"]["parameters"].append(query("of", required=True)),
    ),
    (
        f"GET {MANY} query before: is gone",
        lambda api: api["paths"][MANY]["get"].update(parameters=[]),
    ),
    (
        f"POST {MANY} 202: is new to those",
        lambda api: api["paths"][MANY]["post"]["responses"].update({"202": {}}),
    ),
    (
        f"GET {ONE} 404: is no application/problem+json any more",
        lambda api: api["paths"][ONE]["get"]["responses"]["404"].update(content={}),
    ),
]
HARMLESS: list[Change] = [
    lambda api: api["paths"].update({"/v1/more": {"get": {"responses": {"200": {}}}}}),
    lambda api: api["paths"][MANY]["get"]["parameters"].append(query("of")),
    lambda api: shape(api, "Intent")["properties"].update(more={"type": "string"}),
    lambda api: shape(api, "Email")["properties"].update(bcc={"type": "string"}),
    lambda api: api["info"].update(version="9"),
]


@pytest.mark.parametrize(("named", "change"), BREAKING)
def test_what_breaks_a_client_is_named(named: str, change: Change) -> None:
    change(new := copy.deepcopy(INTAKE))

    found = breaks_of_http(INTAKE, new)

    assert any(one.startswith(named) for one in found), found


@pytest.mark.parametrize("change", HARMLESS)
def test_what_breaks_no_client_is_let_through(change: Change) -> None:
    change(new := copy.deepcopy(INTAKE))

    assert breaks_of_http(INTAKE, new) == []


def test_a_topic_that_is_gone_or_says_something_else_is_named() -> None:
    said = asyncapi()
    del said["channels"]["sent"]
    for message in said["components"]["messages"].values():
        message["headers"]["required"].remove("ce_id")
    said["components"]["schemas"]["StageEvent"]["properties"]["seq"]["type"] = "string"

    found = breaks_of_kafka(asyncapi(), said)

    assert "holdshort.intent.sent.v1: is gone" in found
    assert "holdshort.intent.approved.v1 headers.ce_id: is not always there any more" in found
    assert any(one.startswith("holdshort.intent.approved.v1 payload.seq: ") for one in found)
    assert breaks_of_kafka(asyncapi(), asyncapi()) == []
