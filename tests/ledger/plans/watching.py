"""What a session really does: the plan of every statement, in functions and triggers, too.

Told by the server itself (`auto_explain`), as it runs them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg

from outbox.store import Connection, connect

WATCHING = {
    "log_min_duration": "0",
    "log_nested_statements": "on",
    "log_format": "json",
    "log_level": "notice",
}


BY_AN_INDEX = frozenset({"Index Scan", "Index Only Scan"})


@dataclass(frozen=True, slots=True)
class Plan:
    """One statement, as it was planned."""

    statement: str
    nodes: tuple[Mapping[str, Any], ...]

    def whole_tables(self) -> Iterator[str]:
        """The tables that it goes through from one end to the other, or by a whole index.

        Not those of which it takes the first ones of an index, and then stops.
        """
        for node in self.nodes:
            whole = node["Node Type"] in BY_AN_INDEX and "Index Cond" not in node
            if node["Node Type"] == "Seq Scan" or (whole and node["Within"] != "Limit"):
                yield str(node["Relation Name"])


class Watched:
    """A session of one login, and the plans of all that is done in it."""

    def __init__(self, dsn: str, login: str) -> None:
        self.connection: Connection = connect(dsn, application="tests")
        self.plans: list[Plan] = []
        self.connection.execute("LOAD 'auto_explain'")
        for name, value in WATCHING.items():
            self.connection.execute(f"SET auto_explain.{name} = '{value}'".encode())
        self.connection.execute(f"SET SESSION AUTHORIZATION {login}".encode())
        self.connection.add_notice_handler(self._keep)

    def __enter__(self) -> Watched:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def _keep(self, notice: psycopg.errors.Diagnostic) -> None:
        _, is_plan, told = (notice.message_primary or "").partition("plan:\n")
        if is_plan:
            said = json.loads(told)
            self.plans.append(Plan(said["Query Text"], tuple(_nodes(said["Plan"]))))


def _nodes(node: Mapping[str, Any], within: str = "") -> Iterator[Mapping[str, Any]]:
    yield {**node, "Within": within}
    for inner in node.get("Plans", ()):
        yield from _nodes(inner, node["Node Type"])
