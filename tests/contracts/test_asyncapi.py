"""The topics are described by an AsyncAPI 3 document that says what is published."""

from __future__ import annotations

import copy
import json
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given

from schemas.contracts.asyncapi import asyncapi
from schemas.events import TOPICS, StageEvent, to_record
from tests.contracts.described import messages, validator_of
from tests.contracts.drawing import events
from tests.parts.node import packages


@pytest.fixture(scope="module")
def specification() -> Any:
    """AsyncAPI's own JSON Schema of version 3.0.0."""
    schemas = packages() / "node_modules" / "@asyncapi" / "specs" / "schemas"
    schema = json.loads((schemas / "3.0.0-without-$id.json").read_text("utf-8"))
    return jsonschema_rs.validator_for(schema)


def test_it_is_an_asyncapi_3_document(specification: Any) -> None:
    specification.validate(asyncapi())


@pytest.mark.parametrize(
    "wrong",
    [
        lambda said: said.pop("info"),
        lambda said: said["operations"]["publish_sent"].update(action="publish"),
        lambda said: said["channels"]["sent"].update(adress="x"),
        lambda said: said["components"]["messages"]["sent"].update(headers="none"),
        lambda said: said["components"]["schemas"]["StageEvent"].update(type="thing"),
    ],
)
def test_the_specification_notices_what_is_wrong(specification: Any, wrong: Any) -> None:
    wrong(said := copy.deepcopy(asyncapi()))

    assert not specification.is_valid(said)


def test_every_reference_leads_somewhere_and_every_topic_is_described() -> None:
    assert set(messages()) == set(TOPICS)
    for operation in asyncapi()["operations"].values():
        name = operation["channel"]["$ref"].removeprefix("#/channels/")
        assert name in asyncapi()["channels"]


@given(events())
def test_whatever_is_published_is_what_the_document_says(event: StageEvent) -> None:
    record = to_record(event)

    headers = {name: value.decode() for name, value in record.headers}
    validator_of(record.topic, "headers").validate(headers)
    validator_of(record.topic, "payload").validate(json.loads(record.value))


@given(events())
def test_an_event_of_another_topic_is_not_what_this_one_says(event: StageEvent) -> None:
    record = to_record(event)
    headers = {name: value.decode() for name, value in record.headers}

    for topic in set(TOPICS) - {record.topic}:
        assert not validator_of(topic, "headers").is_valid(headers)
