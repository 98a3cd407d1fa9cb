"""`holdshort bench`: for people while it goes on, for machines at the end."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from deploy.bench.goals import GOALS


def bench(*arguments: str, at: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "deploy.cli", "bench", *arguments]
    return subprocess.run(
        command, cwd=at, capture_output=True, text=True, check=False, timeout=200
    )


def test_the_last_line_is_the_result_and_every_round_is_kept(tmp_path: Path) -> None:
    done = bench("--only", "submit", "--short", at=tmp_path)

    *shown, last = done.stdout.splitlines()
    result, raw = json.loads(last), json.loads((tmp_path / "holdshort-bench.json").read_text())
    assert [goal["name"] for goal in result["goals"]] == ["submit"]
    assert done.returncode == (not result["met"])
    assert sorted(result["not_run"]) == sorted(g.number for g in GOALS if g.name != "submit")
    assert any("added of Holdshort" in line for line in shown)
    assert "round 3 of 3, Holdshort" in done.stderr
    assert len(raw["rounds"]["submit"]["Holdshort"]) == 3


def test_a_table_of_some_goals_is_not_written_anywhere(tmp_path: Path) -> None:
    done = bench("--only", "submit", "--write", at=tmp_path)

    assert done.returncode == 2
    assert "a table of some goals is no table" in done.stderr


def test_a_goal_that_is_not_there_is_named_with_those_that_are(tmp_path: Path) -> None:
    done = bench("--only", "everything", at=tmp_path)

    assert done.returncode == 5
    assert "no goal is called everything" in done.stderr
    assert "2 transitions" in done.stderr
