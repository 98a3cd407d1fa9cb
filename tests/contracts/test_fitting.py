"""A shape may change where nobody is broken by it; else the field that breaks is named."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import jsoncompat
import jsonschema_rs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from schemas.contracts.fitting import breaks
from schemas.contracts.shapes import DIALECT, Way

JSON = dict[str, Any]
Change = Callable[[JSON], object]

KNOWN: JSON = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "maxLength": 9, "pattern": "^[a-z]+$", "title": "Name"},
        "state": {"$ref": "#/$defs/State"},
        "amount": {"anyOf": [{"$ref": "#/$defs/Amount"}, {"type": "null"}], "default": None},
        "lines": {"type": "array", "items": {"$ref": "#/$defs/Amount"}, "maxItems": 5},
        "title": {"type": "string"},
    },
    "required": ["name", "state"],
    "$defs": {
        "State": {"enum": ["held", "sent"]},
        "Amount": {
            "type": "object",
            "properties": {"value": {"type": "integer"}, "currency": {"type": "string"}},
            "required": ["value"],
            "additionalProperties": False,
        },
    },
}

HARMLESS: list[tuple[str, Way, Change]] = [
    (
        "a word for people",
        Way.BOTH,
        lambda one: one["properties"]["name"].update(title="x", description="y"),
    ),
    ("a default", Way.BOTH, lambda one: one["properties"]["title"].update(default="")),
    (
        "a field that may be left out",
        Way.BOTH,
        lambda one: one["properties"].update(note={"type": "string"}),
    ),
    ("a field less, by a writer", Way.WRITTEN, lambda one: one["properties"].pop("title")),
    (
        "a field less, of a reader that takes all",
        Way.READ,
        lambda one: one["properties"].pop("title"),
    ),
    (
        "longer names are read",
        Way.READ,
        lambda one: one["properties"]["name"].update(maxLength=99),
    ),
    (
        "shorter names are written",
        Way.WRITTEN,
        lambda one: one["properties"]["name"].update(maxLength=3),
    ),
    ("any name is read", Way.READ, lambda one: one["properties"]["name"].pop("pattern")),
    (
        "more states are read",
        Way.READ,
        lambda one: one["$defs"]["State"]["enum"].append("lost"),
    ),
    (
        "fewer states are written",
        Way.WRITTEN,
        lambda one: one["$defs"]["State"]["enum"].remove("sent"),
    ),
    (
        "more is read of a closed one",
        Way.READ,
        lambda one: one["$defs"]["Amount"]["properties"].update(unit={"type": "string"}),
    ),
]
BREAKING: list[tuple[str, Way, Change]] = [
    ("name: ", Way.READ, lambda one: one["properties"]["name"].update(maxLength=3)),
    ("name: ", Way.WRITTEN, lambda one: one["properties"]["name"].update(maxLength=99)),
    (
        "name: its pattern ",
        Way.READ,
        lambda one: one["properties"]["name"].update(pattern="^[A-Z]+$"),
    ),
    ("name: its pattern ", Way.WRITTEN, lambda one: one["properties"]["name"].pop("pattern")),
    (
        "title: its format ",
        Way.READ,
        lambda one: one["properties"]["title"].update(format="date-time"),
    ),
    ("title: ", Way.READ, lambda one: one["properties"]["title"].update(type="integer")),
    (
        "title: ",
        Way.WRITTEN,
        lambda one: one["properties"]["title"].update(type=["string", "null"]),
    ),
    ("state: ", Way.WRITTEN, lambda one: one["$defs"]["State"]["enum"].append("lost")),
    ("state: ", Way.READ, lambda one: one["$defs"]["State"]["enum"].remove("sent")),
    (
        "lines[].currency: must be there",
        Way.READ,
        lambda one: one["$defs"]["Amount"]["required"].append("currency"),
    ),
    (
        "amount.value: is not always there",
        Way.WRITTEN,
        lambda one: one["$defs"]["Amount"]["required"].clear(),
    ),
    (
        "amount.unit: is new to readers",
        Way.WRITTEN,
        lambda one: one["$defs"]["Amount"]["properties"].update(unit={"type": "string"}),
    ),
    (
        "amount.currency: is not taken",
        Way.READ,
        lambda one: one["$defs"]["Amount"]["properties"].pop("currency"),
    ),
    ("lines: ", Way.READ, lambda one: one["properties"]["lines"].update(maxItems=2)),
    ("amount: ", Way.READ, lambda one: one["properties"]["amount"]["anyOf"].pop()),
]


def changed(change: Change) -> JSON:
    change(new := copy.deepcopy(KNOWN))
    return new


@pytest.mark.parametrize(("what", "way", "change"), HARMLESS, ids=[one[0] for one in HARMLESS])
def test_what_breaks_nobody_is_let_through(what: str, way: Way, change: Change) -> None:
    assert breaks(KNOWN, changed(change), way) == []


@pytest.mark.parametrize(("named", "way", "change"), BREAKING)
def test_what_breaks_somebody_is_named_by_its_field(
    named: str, way: Way, change: Change
) -> None:
    found = breaks(KNOWN, changed(change), way)

    assert any(one.startswith(named) for one in found), found
    assert breaks(KNOWN, changed(change), Way.BOTH), "who is on both sides is broken, too"


def test_a_new_field_that_must_be_there_breaks_readers_of_what_was_written_before() -> None:
    new = copy.deepcopy(KNOWN)
    new["properties"]["note"] = {"type": "string"}
    new["required"].append("note")

    assert breaks(KNOWN, new, Way.READ) == ["note: must be there now, and was not always"]
    assert breaks(KNOWN, new, Way.WRITTEN) == []


def test_another_kind_is_read_and_not_written() -> None:
    mail = {"type": "object", "properties": {"channel": {"const": "email"}}}
    fax = {"type": "object", "properties": {"channel": {"const": "fax"}}}
    told = {"discriminator": {"propertyName": "channel"}, "oneOf": [mail]}
    more = {**told, "oneOf": [mail, fax]}

    assert breaks(told, more, Way.READ) == []
    assert breaks(told, more, Way.WRITTEN)


CHANGES = st.lists(
    st.sampled_from([one[-1] for one in (*HARMLESS, *BREAKING)]), max_size=4, unique=True
)


@settings(deadline=None)
@given(CHANGES, CHANGES)
def test_what_fits_takes_whatever_the_other_side_writes(
    first: list[Change], second: list[Change]
) -> None:
    """Judged by a validator that knows nothing of the gate, on values that are made up."""
    old, new = copy.deepcopy(KNOWN), copy.deepcopy(KNOWN)
    for schema, changes in ((old, first), (new, second)):
        for change in changes:
            with suppress(KeyError, ValueError):  # an earlier one has taken it away
                change(schema)
    assume(breaks(old, new, Way.READ) == [])
    writes, takes = (
        jsonschema_rs.validator_for({**one, "$schema": DIALECT}) for one in (old, new)
    )
    old["additionalProperties"] = False  # a writer writes what it declares
    for _ in range(5):
        value = json.loads(jsoncompat.generate_value(json.dumps(old), 4))
        assert takes.is_valid(value) or not writes.is_valid(value), value
