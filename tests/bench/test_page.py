"""The page says what is measured, of whom, and what each does not do."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from deploy.bench import chart, page
from deploy.bench.environments import LOCKS
from deploy.bench.frame import Demand
from deploy.bench.goals import GOALS
from deploy.bench.judging import Judgement
from deploy.bench.promises import HEAD, PROMISES
from deploy.bench.running import Run
from deploy.readme import block
from tests.bench.playing import a_goal

TEXT = page.PAGE.read_text("utf-8")
PLAYED = {"Holdshort": [{"rate": 900.0}, {"rate": 1200.0}], "a <peer>": [{"rate": 300.0}]}


def a_judgement() -> Judgement:
    return Judgement(a_goal(Demand(of="Holdshort", least=1000), of=[]), PLAYED)


def test_what_each_does_not_do_is_that_of_the_frame() -> None:
    assert block(TEXT, "promises") == page.promises()
    assert all(len(line) == len(HEAD) for line in PROMISES)


@pytest.mark.parametrize("goal", GOALS, ids=lambda goal: goal.name)
def test_the_page_has_every_goal_with_its_sentence_and_its_contestants(goal: object) -> None:
    found = block(TEXT, "speed")
    [one] = [known for known in GOALS if known is goal]

    assert f"**Goal {one.number}, {one.name}: " in found
    assert one.said in found
    assert [who.name for who in one.contestants if f"| {who.name} |" not in found] == []


def test_a_run_replaces_what_an_earlier_one_wrote(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copy, picture = tmp_path / "SPEED.md", tmp_path / "speed.svg"
    copy.write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(page, "PAGE", copy)
    monkeypatch.setattr(page, "PICTURE", picture)

    for date in ("2000-01-01", "2001-01-01"):
        page.write(Run({"date": date}, [a_judgement()]))

    text = copy.read_text("utf-8")
    assert "2001-01-01" in text
    assert "2000-01-01" not in text
    assert "| rate of Holdshort | 1,050 | 900 | 1,200 | at least 1,000 | met |" in text


def test_the_picture_has_a_bar_for_each_and_is_read_by_day_and_by_night() -> None:
    drawn = chart.drawn([a_judgement()])

    root = ET.fromstring(drawn)
    svg = "{http://www.w3.org/2000/svg}"
    assert len(root.findall(f"{svg}rect")) == 2
    assert {"Holdshort", "a <peer>", "1,050", "300"} <= {
        t.text for t in root.iter(f"{svg}text")
    }
    assert "prefers-color-scheme:dark" in drawn


@pytest.mark.parametrize("lock", sorted(LOCKS.glob("*.txt")), ids=lambda lock: str(lock.stem))
def test_a_peer_in_python_is_exact_versions_with_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text("utf-8")

    assert re.search(rf"^{lock.stem}==\S+ \\\n    --hash=sha256:", text, re.MULTILINE)
    assert "://" not in text


@pytest.mark.parametrize("lock", sorted(LOCKS.glob("*/package-lock.json")), ids=str)
def test_a_peer_in_javascript_is_exact_versions_with_hashes_and_no_address(lock: Path) -> None:
    text = lock.read_text("utf-8")

    packages = {name: one for name, one in json.loads(text)["packages"].items() if name}
    assert f"node_modules/{lock.parent.name}" in packages
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
    assert "://" not in text
