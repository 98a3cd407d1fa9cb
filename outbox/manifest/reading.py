"""Read a manifest that somebody else wrote, and say how two of them differ."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from pydantic import ValidationError

from outbox.errors import BadManifest
from outbox.manifest.shape import READER, Manifest, first_of


def read(written: bytes) -> Manifest:
    """The manifest in these bytes.  Raises `BadManifest` for any other spelling."""
    with suppress(ValidationError):
        manifest = READER.validate_json(written)
        if manifest.written == written:
            return manifest
    raise BadManifest(_why_not(written))


def differences(one: Manifest, other: Manifest) -> list[str]:
    """The names of the fields in which they differ."""
    said, meant = dict(lines(one)), dict(lines(other))
    return [name for name in {**said, **meant} if said.get(name) != meant.get(name)]


def lines(manifest: Manifest) -> Iterator[tuple[str, object]]:
    """Every field by its full name, in their order, and what it says."""
    return _leaves("", manifest.model_dump(mode="json"))


def _leaves(name: str, value: object) -> Iterator[tuple[str, object]]:
    parts: Iterator[tuple[Any, object]] = iter(())
    match value:
        case dict():
            parts = iter(value.items())
        case list() if value:
            parts = iter(enumerate(value, 1))
        case _:
            yield name, value
    for part, inner in parts:
        yield from _leaves(f"{name}.{part}".lstrip("."), inner)


def _why_not(written: bytes) -> str:
    """What is wrong with it, by a reader who looks closer."""
    try:
        value = json.loads(
            written,
            object_pairs_hook=_unique,
            parse_int=_whole,
            parse_float=_no_number,
            parse_constant=_no_number,
        )
        READER.validate_python(value)
        READER.validate_json(written)
    except ValidationError as refusal:
        return first_of(refusal)
    except (ValueError, RecursionError) as refusal:
        return f"no JSON of a manifest: {refusal}"
    return "it is not spelled in the one canonical way"


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name comes twice in one object")
    return found


def _whole(text: str) -> int:
    if abs(number := int(text)) >= 2**53:
        raise ValueError(f"{text} is not below 2^53")
    return number


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no whole number")
