"""The fixtures of this folder keep out of the way of other tests."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def test_a_page_can_be_opened(tab: Page) -> None:
    tab.set_content("<title>here</title>")

    assert tab.title() == "here"


def test_a_test_after_it_can_run_an_event_loop_of_its_own() -> None:
    async def answer() -> int:
        return 42

    assert asyncio.run(answer()) == 42


def test_and_then_a_page_can_be_opened_again(tab: Page) -> None:
    tab.set_content("<p>still here</p>")

    assert tab.locator("p").inner_text() == "still here"
