"""docs/API.md is true: what it tells people to run is run, and says what it says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from outbox.store import Connection
from tests.intake.conftest import Agents
from tests.parts import journey
from tests.parts.console import console

PAGE = (Path(__file__).parents[2] / "docs" / "API.md").read_text("utf-8")
NEEDED = ("bash", "curl", "jq")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", PAGE, re.DOTALL)


def settings(dsn: str) -> dict[str, str]:
    """With our own command, and this database."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "HOLDSHORT_DSN": dsn}


def run(block: str, environment: dict[str, str]) -> list[str]:
    """Every line that it prints."""
    shell = ["bash", "-euo", "pipefail", "-c"]
    done = subprocess.run(
        [*shell, block],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return done.stdout.replace("}{", "}\n{").splitlines()


@pytest.mark.skipif(not all(map(shutil.which, NEEDED)), reason=f"needs {NEEDED}")
def test_what_the_page_tells_to_run_does_what_it_says(
    intake: str, agents: Agents, dsn: str, db: Connection
) -> None:
    tokens, propose, change, decide, wrong = blocks("sh")
    with console(dsn, person=None) as at:
        environment = {**settings(dsn), "INTAKE": intake, "CONSOLE": at}
        made = run(tokens, environment)
        environment["AGENT"], environment["PERSON"] = (
            line for line in made if line.startswith("holdshort_")
        )
        proposed, looked = map(json.loads, run(propose, environment))
        journey.proposed(db)
        journey.score_and_route(db)
        edited, withdrawn = map(json.loads, run(change, environment))
        approved, found = map(json.loads, run(decide, environment))
        [problem] = map(json.loads, run(wrong, environment))

    assert (proposed["key"], proposed["state"]) == ("bill-7", "submitted")
    assert looked["intent"] == proposed
    assert (edited["version"], withdrawn["state"]) == (2, "withdrawn")
    assert approved == {"id": 2, "by": "grace", "missing": 0, "decoy": None}
    assert [row["id"] for row in found["rows"]] == [2]
    assert problem == json.loads(blocks("json")[0])
