"""The page about the console says what the console says."""

from __future__ import annotations

import re

from deploy.readme import block
from tests.console.documented import PAGE, keys

LARGEST_PICTURE = 120_000


def test_the_page_has_the_keys_of_the_help() -> None:
    assert block(PAGE.read_text("utf-8"), "keys") == keys()
    assert keys().count("\n") > 15


def test_its_pictures_are_there_and_small() -> None:
    named = re.findall(r"\((images/[\w-]+\.png)\)", PAGE.read_text("utf-8"))

    assert len(named) >= 5
    for name in named:
        assert 0 < (PAGE.parent / name).stat().st_size < LARGEST_PICTURE


def test_what_it_takes_of_a_reviewers_time_was_measured() -> None:
    told = block(PAGE.read_text("utf-8"), "reviewing")

    assert re.search(r"\d+ ms in the median, \d+ ms at the 95th percentile", told)
