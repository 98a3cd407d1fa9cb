"""What the page on monitoring shows can be done as it stands there."""

from __future__ import annotations

import shlex

import pytest
from opentelemetry.sdk.trace import TracerProvider

from deploy.readme import block
from outbox import Proposal, submit
from outbox.store import Connection
from tests.deploy.command import holdshort
from tests.observing.named import HOUSE
from tests.observing.test_one_trace import EXPECTED
from tests.parts import journey

PAGE = (HOUSE / "docs" / "MONITORING.md").read_text("utf-8")


def example(name: str) -> str:
    _, text = block(PAGE, name).strip().removesuffix("```").split("\n", 1)
    return text


def test_every_command_of_the_page_is_carried_out(dsn: str, db: Connection) -> None:
    journey.awaiting(db)
    ends = {"doctor": 1}  # it is asked by the owner's login, which may do too much

    for command in example("commands").splitlines():
        _, name, *others = shlex.split(command)
        said = holdshort(name, *others, dsn=dsn)
        assert said.code == ends.get(name, 0), (command, said.err)
        assert said.out


def test_a_span_around_a_proposal_is_its_trace(
    db: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("opentelemetry.trace.get_tracer", TracerProvider().get_tracer)
    names = {"connection": db, "mail": journey.mail(), "submit": submit, "Proposal": Proposal}

    exec(compile(example("python"), "page", "exec"), names)

    assert kept(db).startswith("00-")


def test_in_sql_a_trace_is_an_argument(db: Connection) -> None:
    db.execute(example("sql").encode())

    assert kept(db) == "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def test_the_page_names_every_span() -> None:
    for name in EXPECTED:
        assert f"| `holdshort {name}` |" in PAGE


def kept(db: Connection) -> str:
    [(traceparent,)] = db.execute("SELECT traceparent FROM outbox.intent").fetchall()
    return str(traceparent)
