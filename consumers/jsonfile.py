"""What an operator says in a JSON file, each name once; a refusal shows no value of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from outbox.errors import BadSettings
from outbox.fields import first_refused

Model = TypeVar("Model", bound=BaseModel)


def said_in(file: Path, model: type[Model], setting: str, hint: str) -> Model:
    """What a JSON file says.  Raises `BadSettings`, naming the first bad field, no value."""
    try:
        return said(file.read_bytes(), model)
    except OSError as error:
        why = f"{file} cannot be read: {type(error).__name__}"
        raise BadSettings(f"{setting}: {why}", hint=hint) from None
    except ValidationError as refusal:
        where, why = first_wrong(refusal)
        raise BadSettings(f"{setting}: {where or file.name}: {why}", hint=hint) from None
    except ValueError as error:
        raise BadSettings(f"{setting}: {file.name} is no JSON: {error}", hint=hint) from None


def said(content: bytes | str, model: type[Model]) -> Model:
    """What this JSON says.  Raises `ValidationError`, and `ValueError` for no JSON."""
    json.loads(content, object_pairs_hook=_each_once)
    return model.model_validate_json(content)


def first_wrong(refusal: ValidationError) -> tuple[str, str]:
    """The first bad field, and why it is one; an empty name if it is all of it."""
    where, why = first_refused(refusal)
    return where, why.removeprefix("Value error, ")


def _each_once(pairs: list[tuple[str, Any]]) -> None:
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a name occurs twice, and one of them would be silent")
