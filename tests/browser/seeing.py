"""What a person waits for before the next key."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page


def arrived(screen: Page, path: str) -> None:
    """The page at this path, whatever its query, is seen, and takes keys."""
    screen.wait_for_url(re.compile(rf"^http://[^/]+{re.escape(path)}(\?.*)?$"))
    screen.locator("html[data-settled]").wait_for()


def press(screen: Page, *keys: str) -> None:
    for key in keys:
        screen.keyboard.press(key)
