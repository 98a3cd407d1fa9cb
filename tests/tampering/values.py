"""Another value in place of one: bytes, or one field of JSON."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any


def flipped(chance: random.Random, content: bytes) -> bytes:
    """One byte other, fewer or more."""
    place, some = chance.randrange(len(content)), bytes([chance.randrange(256)])
    kept = chance.choice((0, 1))
    other = content[:place] + chance.choice((some, b"")) + content[place + kept :]
    return other if other != content else content + b" "


def other_value(chance: random.Random, value: Any) -> None:
    """Change one field of it."""
    before = copy.deepcopy(value)
    while value == before and repr(value) == repr(before):
        where, name = chance.choice(list(_slots(value)))
        where[name] = _other(chance, where[name])


def _other(chance: random.Random, value: Any) -> Any:
    match value:
        case str() if value and chance.random() < 0.8:
            place = chance.randrange(len(value))
            return value[:place] + chance.choice("aA0é@. \n") + value[place + 1 :]
        case bool():
            return not value
        case int():
            return value + chance.choice((-1, 1, 2**32))
        case list() if value and chance.random() < 0.8:
            return chance.choice((value[1:], [*value, value[0]], value[::-1]))
        case _:
            return chance.choice((None, "", "x", 0, 1, [], {}, True, ["e@example.org"]))


def _slots(value: Any) -> Iterator[tuple[Any, Any]]:
    for name in range(len(value)) if isinstance(value, list) else list(value):
        yield value, name
        if isinstance(value[name], list | dict):
            yield from _slots(value[name])
