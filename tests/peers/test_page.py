"""The table names every contestant, and every contestant is pinned."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from deploy.bench.environments import LOCKS, OURS
from tests.peers import page
from tests.peers.contestants import CONTESTANTS, Contestant
from tests.peers.judging import judged
from tests.peers.page import Line

PACKAGES = sorted({one.package for one in CONTESTANTS} - {OURS})


def a_line(one: Contestant) -> Line:
    return Line(contestant=one, version="1.2.3", after=judged([]), before=judged([]))


def test_a_run_replaces_what_an_earlier_one_wrote(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    copy = tmp_path / "PEERS.md"
    copy.write_text(page.PAGE.read_text("utf-8"), encoding="utf-8")
    monkeypatch.setattr(page, "PAGE", copy)

    for server in ("17.1", "18.1"):
        page.write([a_line(one) for one in CONTESTANTS], "make peers", server)

    text = copy.read_text("utf-8")
    assert "PostgreSQL 18.1" in text
    assert "PostgreSQL 17.1" not in text
    assert all(text.count(f"| {one.name} |") == 3 for one in CONTESTANTS)


def test_the_page_names_everybody_who_takes_part() -> None:
    text = page.PAGE.read_text("utf-8")

    assert [one.name for one in CONTESTANTS if f"| {one.name} |" not in text] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_a_contestant_is_an_exact_version_with_hashes_and_no_address(package: str) -> None:
    lock = (LOCKS / f"{package}.txt").read_text("utf-8")

    assert re.search(rf"^{package}==\S+ \\\n    --hash=sha256:", lock, re.MULTILINE)
    assert "://" not in lock
