"""The tools, called by their names."""

from __future__ import annotations

from typing import Any

from outbox.adapters.saying import Standing
from outbox.adapters.tools import Answer, Tool, tools
from outbox.adapters.ways import Way
from outbox.store import Connection
from tests.adapters.conftest import MAIL

NAMED = {"key": "invoice-7", "artifact": MAIL}


def offered(way: Way, **given: Any) -> dict[str, Tool]:
    return {one.name: one for one in tools(way, **given)}


def call(way: Way, name: str, **arguments: Any) -> Answer:
    return offered(way)[name](arguments)


def standing(answer: Answer) -> Standing:
    assert isinstance(answer, Standing)
    return answer


def count(db: Connection) -> int:
    [(number,)] = db.execute("SELECT count(*) FROM outbox.intent").fetchall()
    return int(number)
