"""Expand, then contract: what a step may do that goes on serving the code before it.

Two linters of one kind: squawk knows what locks or takes away, and a name says whom a step
serves.  What takes away is a step of its own, after the last process of the old version.
"""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import Script, ScriptDirectory

from schemas import migrate
from schemas.revision import read, serves

NOT_ASKED = (
    "prefer-robust-stmts",  # all steps are one transaction: none is done by half
    "require-statement-timeout",  # a step may fill what it has made; it waits for no lock
)
BEFORE = "BEGIN;\nSET LOCAL lock_timeout = '5s';\n"


def steps() -> list[Script]:
    """The first one first."""
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return [*ScriptDirectory.from_config(config).walk_revisions()][::-1]


def found(sql: str) -> list[str]:
    """The rules that these statements break."""
    linter = Path(sys.executable).with_name("squawk")
    told = ("--reporter", "json", "--pg-version", "15")
    excluded = [word for rule in NOT_ASKED for word in ("--exclude", rule)]
    command = [str(linter), *told, *excluded, "--stdin-filepath", "step.sql"]
    done = subprocess.run(command, input=sql, capture_output=True, text=True, check=False)
    return [one["rule_name"] for one in json.loads(done.stdout)]


def test_each_step_says_whom_it_serves_and_comes_after_the_one_before() -> None:
    names = [str(step.revision) for step in steps()]

    assert [read(name).number for name in names] == [*range(1, len(names) + 1)]
    for before, name in pairwise(names):
        assert read(name).serves in (read(before).serves, read(name).number)


def test_a_step_that_serves_older_code_only_adds_and_waits_for_no_lock() -> None:
    for step in steps():
        if read(str(step.revision)).serves < read(str(step.revision)).number:
            assert found(migrate.script(str(step.down_revision))) == []


def test_every_step_waits_for_a_lock_for_five_seconds_at_most() -> None:
    lines = migrate.script().splitlines()

    assert lines[0] == "BEGIN;"
    assert "SET LOCAL lock_timeout = '5s';" in lines[:5]
    assert lines[-1] == "COMMIT;"


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("ALTER TABLE outbox.intent DROP COLUMN tenant", "ban-drop-column"),
        ("DROP TABLE outbox.turn", "ban-drop-table"),
        ("ALTER TABLE outbox.intent RENAME COLUMN tenant TO owner", "renaming-column"),
        ("ALTER TABLE outbox.turn RENAME TO wait", "renaming-table"),
        ("ALTER TABLE outbox.intent ALTER COLUMN key TYPE varchar(9)", "changing-column-type"),
        ("ALTER TABLE outbox.intent ADD COLUMN a int NOT NULL", "adding-required-field"),
        ("CREATE INDEX a ON outbox.intent (state)", "require-concurrent-index-creation"),
        (
            "ALTER TABLE outbox.intent ADD CONSTRAINT a CHECK (id > 0)",
            "constraint-missing-not-valid",
        ),
        ("TRUNCATE outbox.turn CASCADE", "ban-truncate-cascade"),
    ],
)
def test_what_would_stop_older_code_is_found(statement: str, rule: str) -> None:
    assert rule in found(f"{BEFORE}{statement};\nCOMMIT;")


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE outbox.intent ADD COLUMN colour text",
        "ALTER TABLE outbox.intent ADD COLUMN colour text NOT NULL DEFAULT 'red'",
        "CREATE TABLE outbox.colour (name text PRIMARY KEY)",
        "CREATE TABLE outbox.colour (name text); CREATE INDEX a ON outbox.colour (name)",
        "ALTER TABLE outbox.intent ADD CONSTRAINT a CHECK (id > 0) NOT VALID",
    ],
)
def test_what_only_adds_is_let_be(statement: str) -> None:
    assert found(f"{BEFORE}{statement};\nCOMMIT;") == []


def test_without_a_bound_on_its_wait_a_step_is_refused() -> None:
    assert "require-lock-timeout" in found(
        "BEGIN;\nALTER TABLE outbox.intent ADD COLUMN colour text;\nCOMMIT;"
    )


@pytest.mark.parametrize(
    ("database", "code", "runs"),
    [
        ("0001", "0001", True),
        ("0002_serves_0001", "0001", True),
        ("0003_serves_0001", "0002_serves_0001", True),
        ("0003_serves_0002", "0001", False),
        ("0002", "0001", False),
        ("0001", "0002_serves_0001", False),
        ("", "0001", False),
        ("0000", "0001", False),
    ],
)
def test_code_runs_on_its_own_schema_and_on_later_ones_that_serve_it(
    database: str, code: str, runs: bool
) -> None:
    assert serves(database, code) is runs
