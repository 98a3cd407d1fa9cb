"""What the APIs say of themselves is kept, whole, and what is served."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.openapi import applications
from tests.parts.console import console

KEPT = Path(__file__).parents[2] / "schemas" / "json"
ALWAYS = {"401", "403", "408", "422", "500", "503"}


def operations(said: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in said["paths"].items():
        for method, operation in methods.items():
            yield f"{method} {path}", operation


def test_what_is_served_is_what_is_kept(intake: str, dsn: str) -> None:
    with console(dsn, person=None) as origin:
        served = {
            "intake": httpx.get(f"{intake}/v1/openapi.json").json(),
            "console": httpx.get(f"{origin}/api/v1/openapi.json").json(),
        }

    for name, said in served.items():
        assert said == json.loads((KEPT / f"{name}.openapi.json").read_text("utf-8"))


@pytest.mark.parametrize("name", ["intake", "console"])
def test_every_operation_says_every_failure_in_one_shape_and_how_one_is_let_in(
    name: str,
) -> None:
    said = applications()[name].openapi()

    assert said["security"]
    for called, operation in operations(said):
        assert operation["responses"].keys() >= ALWAYS, called
        for status, answer in operation["responses"].items():
            if int(status) >= 400:
                [kind] = answer["content"]
                assert kind == "application/problem+json", (called, status)
        if "requestBody" in operation:
            assert {"413", "415"} <= operation["responses"].keys(), called
        assert operation["description"].strip(), called


@pytest.mark.parametrize("name", ["intake", "console"])
def test_everything_that_is_named_is_there(name: str) -> None:
    text = json.dumps(said := applications()[name].openapi())
    named = {part.split('"')[0] for part in text.split('"#/components/schemas/')[1:]}

    assert named <= said["components"]["schemas"].keys()
    assert "HTTPValidationError" not in text
