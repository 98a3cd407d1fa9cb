"""What Kafka carries, as an AsyncAPI 3 document: one topic per state, and per notice."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any

from outbox.lifecycle import State
from outbox.policy.steps import Step
from schemas.events import SOURCE, StageEvent, topic_of

JSON = dict[str, Any]

_REF = "#/components/schemas/{model}"
_ABOUT = """Recorded moves of intents, published at least once and in order for each intent.

Kafka is a bell: an event says that an intent has moved, and nobody needs to believe it.  Where
it stands is in PostgreSQL.  What an intent says, and to whom, is in no event.  Each is a
CloudEvents 1.0 record in binary mode: its attributes are the headers, and `ce_source` with
`ce_id` names it, so that whoever hears it twice knows."""
_DIGITS = {"type": "string", "pattern": "^[0-9]+$"}
_KEY = {**_DIGITS, "description": "The intent's number: its events are in one partition."}


def asyncapi() -> JSON:
    """The whole document."""
    happened = [state for state in State if state is not State.UNBORN] + list(Step)
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Holdshort stage events",
            "version": version("holdshort"),
            "description": _ABOUT,
        },
        "defaultContentType": "application/json",
        "channels": {what.value: _channel(what) for what in happened},
        "operations": {f"publish_{what.value}": _published(what) for what in happened},
        "components": {
            "messages": {what.value: _message(what) for what in happened},
            "schemas": _schemas(),
        },
    }


def _channel(what: State | Step) -> JSON:
    said = (
        "it was said of one that waits" if isinstance(what, Step) else "an intent moved there"
    )
    return {
        "address": topic_of(what),
        "description": f"{what.value}: {said}.",
        "messages": {what.value: {"$ref": f"#/components/messages/{what.value}"}},
        "bindings": {"kafka": {"topic": topic_of(what), "bindingVersion": "0.5.0"}},
    }


def _published(what: State | Step) -> JSON:
    return {
        "action": "send",
        "channel": {"$ref": f"#/channels/{what.value}"},
        "messages": [{"$ref": f"#/channels/{what.value}/messages/{what.value}"}],
    }


def _message(what: State | Step) -> JSON:
    return {
        "name": topic_of(what),
        "contentType": "application/json",
        "headers": _headers(topic_of(what)),
        "payload": {"$ref": _REF.format(model="StageEvent")},
        "bindings": {"kafka": {"key": _KEY, "bindingVersion": "0.5.0"}},
    }


def _headers(topic: str) -> JSON:
    """The attributes of CloudEvents; each value is text in UTF-8."""
    trace = "^[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$"
    said = {
        "ce_specversion": {"const": "1.0"},
        "ce_id": _DIGITS,
        "ce_source": {"const": SOURCE},
        "ce_type": {"const": topic},
        "ce_subject": _DIGITS,
        "ce_time": {"type": "string", "format": "date-time"},
        "ce_sequence": {"type": "string", "pattern": "^[0-9]{20}$"},
        "ce_partitionkey": _DIGITS,
        "content-type": {"const": "application/json"},
    }
    return {
        "type": "object",
        "properties": {**said, "ce_traceparent": {"type": "string", "pattern": trace}},
        "required": list(said),
    }


def _schemas() -> JSON:
    shape = StageEvent.model_json_schema(ref_template=_REF)
    return {**shape.pop("$defs"), "StageEvent": shape}
