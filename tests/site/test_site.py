"""The pages are one site: whole, current, and alone on this machine."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from deploy.reference.pages import PAGES
from deploy.site import FRONT, HOUSE, NAVIGATION, pages


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made as `make docs` does, elsewhere."""
    room = tmp_path_factory.mktemp("site")
    sphinx = [sys.executable, "-m", "sphinx", "-q", "-W", "--keep-going", "-E", "-c", "docs"]
    done = subprocess.run(
        [*sphinx, "-d", str(room / "doctrees"), "-b", "dirhtml", ".", str(room / "html")],
        cwd=HOUSE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return room / "html"


def test_each_page_is_once_where_a_reader_looks() -> None:
    named = [page for group in NAVIGATION.values() for page in group]

    assert sorted([FRONT, *named]) == pages()


def test_no_link_no_anchor_and_no_page_is_missing(site: Path) -> None:
    for page in pages():
        assert (site / page / "index.html").exists() or page == FRONT


def test_the_site_loads_nothing_from_elsewhere(site: Path) -> None:
    loads = re.compile(r"<(?:script|img|iframe|link)\b[^>]*(?:src|href)=\"(?:https?:)?//[^\"]+")
    styles = re.compile(r"url\([\"']?(?:https?:)?//|@import [\"'](?:https?:)?//")

    assert [f for f in site.rglob("*.html") if loads.search(f.read_text("utf-8"))] == []
    assert [f for f in site.rglob("*.css") if styles.search(f.read_text("utf-8"))] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_reference_says_what_the_code_says(name: str) -> None:
    page: Callable[[], str] = PAGES[name]

    assert (HOUSE / f"{name}.md").read_text("utf-8") == page()
