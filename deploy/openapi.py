"""Write what the APIs say of themselves: `python -m deploy.openapi schemas/json`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

from fastapi import FastAPI

from consumers.console.api.app import api
from consumers.intake.app import application
from consumers.intake.connections import Connections


def applications() -> dict[str, FastAPI]:
    """Both, by their names; none of them is at work."""
    return {"console": api(None), "intake": application(Connections(""))}


def documents() -> Iterator[tuple[str, str]]:
    """A file name, and what is in it."""
    for name, app in applications().items():
        written = json.dumps(app.openapi(), indent=1, sort_keys=True, ensure_ascii=False)
        yield f"{name}.openapi.json", f"{written}\n"


if __name__ == "__main__":
    for file, text in documents():
        (Path(sys.argv[1]) / file).write_text(text, encoding="utf-8")
