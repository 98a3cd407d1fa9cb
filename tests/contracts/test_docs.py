"""docs/CONTRACTS.md is true: its statements and programs are run, and say what it says."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from outbox import tokens
from outbox.errors import BadArtifact
from outbox.lifecycle import State
from outbox.store import Connection
from outbox.tokens import Kind
from outbox.words import WORDS
from tests.contracts.contract import ERRORS, SIGNATURES
from tests.contracts.types import CLIENT
from tests.parts import journey
from tests.parts.logins import logins_of
from tests.parts.node import node

HOUSE = Path(__file__).parents[2]
PAGE = (HOUSE / "docs" / "CONTRACTS.md").read_text("utf-8")


def block(kind: str) -> str:
    [found] = re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)
    return str(found)


def test_its_statements_propose_and_say_held_not_sent(dsn: str) -> None:
    with psycopg.connect(logins_of(dsn)["agent"]) as agent:
        propose, look = (one for one in block("sql").split(";\n") if one.strip())
        [(id, version, _)] = agent.execute(propose.encode()).fetchall()
        [told] = agent.execute(look.encode()).fetchall()

    assert (id, version) == (1, 1)
    assert told == ("submitted", WORDS[State.SUBMITTED])
    assert f"`{told[0]}` and `{told[1]}`" in PAGE


def test_its_program_proposes_and_says_held_not_sent(
    intake: str, db: Connection, tmp_path: Path
) -> None:
    new = tokens.make(
        db, Kind.AGENT, "a", tenant="default", valid_for=journey.HOUR, actor="ada"
    )
    for file in CLIENT.iterdir():
        shutil.copy(file, tmp_path)
    (tmp_path / "agent.ts").write_text(block("ts"))

    done = node(tmp_path / "agent.ts", INTAKE=intake, AGENT=new.token)

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [WORDS[State.SUBMITTED], "false"]


def test_its_commands_find_nothing_that_breaks(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"

    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block("sh")],
        cwd=tmp_path,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )

    assert done.stdout.splitlines()[-2:] == ["nothing breaks"] * 2


def test_every_refusal_and_every_argument_is_there() -> None:
    for one in ERRORS:
        named = f"`{one.constraint}` " if one.constraint else ""
        assert f"| {one.what} | {one.sqlstate} | {named}|" in PAGE
    for function, (takes, gives) in SIGNATURES.items():
        [row] = re.findall(rf"\| `outbox.{function}` \|.*", PAGE)
        said = row if function != "submit" else f"{row} record"
        names = re.findall(r"(?:^|, |\()(?:OUT )?(\w+) ", f"{takes}, {gives} ")
        assert {name for name in names if not re.search(rf"\b{name}\b", said)} == set()


def test_every_file_that_it_names_is_there() -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", PAGE):
        assert (HOUSE / "docs" / link).exists(), link
    described = {file.name.split(".")[0] for file in (HOUSE / "schemas/json").glob("*.json")}
    assert {name for name in described if f"({name}" not in PAGE and name not in PAGE} == set()


def test_what_is_no_mail_is_held_and_cannot_be_approved(dsn: str, db: Connection) -> None:
    with psycopg.connect(logins_of(dsn)["agent"]) as agent:
        agent.execute("SELECT outbox.submit('k', 'p', 'email', '{}')")
    journey.score_and_route(db)

    with pytest.raises(BadArtifact):
        journey.approve(db, 1)

    assert journey.state_of(db, 1) == State.AWAITING_APPROVAL
