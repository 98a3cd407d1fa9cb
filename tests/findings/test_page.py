"""The page of all findings says what is true."""

from __future__ import annotations

from pathlib import Path

from deploy import findings

HOUSE = Path(__file__).parents[2]


def test_the_page_of_all_findings_is_current() -> None:
    written = (HOUSE / "docs" / "FINDINGS.md").read_text("utf-8")

    assert written == findings.page() + "\n"
