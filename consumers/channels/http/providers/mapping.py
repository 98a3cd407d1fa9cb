"""How a mail becomes JSON by a template, and what that JSON says, read back by the same.

In a template a text that begins with `$` stands for a field of the mail; `{"$each":
"attachments", "as": ...}` stands for a list.  What is empty is left out, and so is an object of
which nothing else is left but what is the same for every mail.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

JSON = Any
Values = dict[str, Any]
EACH = "$each"


class Unlike(ValueError):
    """It is not made by this template."""


def names(template: JSON) -> Iterator[str]:
    """Every field that a template names, as often as it does."""
    match template:
        case str() if template.startswith("$"):
            yield template[1:]
        case {"$each": str(many)}:
            yield many
        case dict():
            for part in template.values():
                yield from names(part)


def filled(template: JSON, values: Mapping[str, Any]) -> JSON:
    """The JSON; None where nothing is to be said."""
    match template:
        case str() if template.startswith("$"):
            return values[template[1:]] or None
        case {"$each": str(many), "as": each}:
            return [filled(each, one) for one in values[many]] or None
        case dict():
            parts = {name: filled(part, values) for name, part in template.items()}
            said = {name: part for name, part in parts.items() if part is not None}
            own = any(name in said for name, part in template.items() if any(names(part)))
            return said if own or not any(names(template)) else None
        case _:
            return template


def read_back(template: JSON, said: JSON) -> Values:
    """What each field was filled with; raises `Unlike` if that is not all that it says."""
    values: Values = {}
    _read(template, said, values)
    return values


def _read(template: JSON, said: JSON, values: Values) -> None:
    match template:
        case str() if template.startswith("$"):
            values[template[1:]] = said
        case {"$each": str(many), "as": each}:
            if not isinstance(said, list):
                raise Unlike(f"{many} is no list")
            values[many] = [read_back(each, one) for one in said]
        case dict():
            _read_object(template, said, values)
        case _:
            if said != template or type(said) is not type(template):
                raise Unlike("something is other than in the template")


def _read_object(template: dict[str, JSON], said: JSON, values: Values) -> None:
    if not isinstance(said, dict) or said.keys() - template.keys():
        raise Unlike("it says something that is not in the template")
    for name, part in template.items():
        if name in said:
            _read(part, said[name], values)
        elif not any(names(part)):
            raise Unlike(f"it does not say {name}")


def spelled(said: JSON) -> bytes:
    """Its one spelling."""
    return json.dumps(said, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()


def at(said: JSON, path: tuple[str, ...]) -> JSON:
    """What stands there; None if nothing does."""
    for name in path:
        said = said.get(name) if isinstance(said, dict) else None
    return said
