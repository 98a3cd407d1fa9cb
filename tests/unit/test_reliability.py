"""The page of figures has its form, whatever the figures."""

from __future__ import annotations

from pathlib import Path

import pytest

from deploy.readme import block
from tests import reliability


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    copy = tmp_path / "page.md"
    copy.write_text(reliability.PAGE.read_text("utf-8"), encoding="utf-8")
    monkeypatch.setattr(reliability, "PAGE", copy)
    return copy


@pytest.mark.parametrize("part", reliability.PARTS)
def test_every_part_says_when_how_and_what_was_not_run(part: str) -> None:
    lines = block(reliability.PAGE.read_text("utf-8"), part).splitlines()

    names = [line.split("|")[1].strip() for line in lines]
    assert set(reliability.EVERY_PART_NAMES) <= set(names)
    assert {line.count("|") for line in lines} == {3}


def test_a_run_replaces_its_own_part_and_no_other(page: Path) -> None:
    before = page.read_text("utf-8")

    reliability.write("chaos", "make chaos", {"seed": 7, "kills": 1_234}, "nothing")

    after = page.read_text("utf-8")
    assert "| kills | 1234 |" in block(after, "chaos")
    assert block(after, "kill-sweep") == block(before, "kill-sweep")
