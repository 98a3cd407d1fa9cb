"""A peer is installed once, in an environment of its own; one that cannot be is missing."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from deploy.bench import environments
from deploy.bench.frame import Missing
from deploy.bench.goals import GOALS
from deploy.bench.promises import PROMISES


def test_without_npm_a_peer_in_javascript_is_missing_and_nothing_fails(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "python"))
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(Missing, match="npm is not there"):
        environments.install("pg-boss")


def test_what_is_installed_by_the_same_lock_is_not_installed_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    there = tmp_path / ".peers" / "pgqueuer"
    there.mkdir(parents=True)
    (there / "installed").write_text(environments.lock_of("pgqueuer").read_text("utf-8"))

    command = environments.peer_command("pgqueuer", "pgqueuer_peer")

    assert command[0] == str(there / "bin" / "python")
    assert [*there.iterdir()] == [there / "installed"]


@pytest.mark.parametrize(
    "adapter", sorted(environments.PEERS.glob("*_peer.py")), ids=lambda file: str(file.stem)
)
def test_a_peer_is_run_by_nothing_of_ours_but_its_adapter(adapter: Path) -> None:
    ours = re.compile(
        r"^(?:from|import) ((?:outbox|schemas|consumers|relay|deploy)\b\S*)", re.M
    )

    assert ours.findall(adapter.read_text("utf-8")) == ["deploy.bench.peers.saying"]


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal.name)
def test_of_everybody_who_takes_part_it_is_said_what_they_do_not_do(goal: object) -> None:
    [one] = [known for known in GOALS if known is goal]
    products = {who.name.partition(",")[0] for who in one.contestants}

    assert products <= {line[0] for line in PROMISES}
