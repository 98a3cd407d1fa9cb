"""Everything that is described for strangers, and whether it still is what they were told."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from consumers.intake.shapes import Proposal
from deploy.openapi import applications
from outbox.errors import BadSettings
from schemas.contracts.asyncapi import asyncapi
from schemas.contracts.fitting import breaks
from schemas.contracts.interfaces import breaks_of_http, breaks_of_kafka
from schemas.contracts.shapes import Shape, Way, of_model, shapes

JSON = dict[str, Any]

RELEASED = resources.files("schemas") / "json" / "released"
"""What the last release has told."""


def documents() -> Iterator[tuple[str, str]]:
    """A file name, and what is in it."""
    for name, said in _described():
        text = json.dumps(said, indent=1, sort_keys=True, ensure_ascii=False)
        yield name, f"{text}\n"


def broken(against: Traversable) -> list[str]:
    """What breaks what is described in this folder, each by its file and field.

    Raises `BadSettings` if nothing is described there.
    """
    now = dict(_described())
    found: list[str] = []
    files = sorted(one.name for one in against.iterdir() if one.name.endswith(".json"))
    if not files:
        raise BadSettings(f"{against} describes nothing", hint="holdshort schema export FOLDER")
    for file in files:
        if file not in now:
            found.append(f"{file}: is gone")
            continue
        before = json.loads((against / file).read_text("utf-8"))
        found += [f"{file}: {one}" for one in _comparing(file)(before, now[file])]
    return found


def all_shapes() -> list[Shape]:
    """Those at rest and on Kafka, and what an agent hands in by HTTP."""
    return [*shapes(), of_model("proposal", Way.READ, Proposal)]


def _described() -> Iterator[tuple[str, JSON]]:
    for shape in all_shapes():
        yield f"{shape.name}.schema.json", shape.written()
    for name, app in applications().items():
        yield f"{name}.openapi.json", app.openapi()
    yield "events.asyncapi.json", asyncapi()


def _comparing(file: str) -> Callable[[JSON, JSON], list[str]]:
    """How this file is held against an earlier one."""
    name, kind, _ = file.split(".")
    match kind:
        case "openapi":
            return breaks_of_http
        case "asyncapi":
            return breaks_of_kafka
        case _:
            [way] = [shape.way for shape in all_shapes() if shape.name == name]
            return lambda old, new: breaks(old, new, way)
