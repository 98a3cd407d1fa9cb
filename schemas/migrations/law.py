"""The statements of the first migration, in their order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable


@cache
def statements() -> dict[str, str]:
    """Each by its room and name, `law/move.sql`, without the numbers that order them."""
    folder = resources.files("schemas.migrations").joinpath("v0001")
    return {
        f"{_bare(room)}/{_bare(file)}": file.read_text()
        for room in _sorted(folder)
        for file in _sorted(room)
    }


def _sorted(folder: Traversable) -> Iterator[Traversable]:
    return iter(sorted(folder.iterdir(), key=lambda entry: entry.name))


def _bare(entry: Traversable) -> str:
    return re.sub(r"^\d+_", "", entry.name)
