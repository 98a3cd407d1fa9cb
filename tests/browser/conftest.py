"""One Chromium for all tests of a worker, and a fresh tab for each test.

Playwright's synchronous interface leaves its event loop marked as running in this thread,
and no other test could run one of its own.  So the mark is lifted between these tests.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.browser.scene import Scene, played
from tests.parts.console import console

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Playwright
    from psycopg import Connection
    from psycopg.rows import TupleRow

CHROMIUM = Path("/usr/bin/chromium")
EVERY_NAME_IS_HERE = "--host-resolver-rules=MAP * 127.0.0.1"
"""No test reaches another machine: whatever a page asks for, it asks this one."""

VIOLATIONS = """
addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile }) =>
  console.error(`violates ${violatedDirective}: ${blockedURI} ${sourceFile}`));
"""

_loops: list[asyncio.AbstractEventLoop] = []


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver of Chromium; skips the test where there is none to drive."""
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}: apt-get install chromium")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=20_000)  # as long as a busy machine may take
    with sync_playwright() as driver:
        loop = asyncio.get_running_loop()
        _loops.append(loop)
        yield driver
        _loops.clear()
        asyncio._set_running_loop(loop)


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """A headless Chromium; make contexts of it, or ask for `tab`."""
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = playwright.chromium.launch(
        executable_path=CHROMIUM, args=[*root, EVERY_NAME_IS_HERE]
    )
    yield browser
    asyncio._set_running_loop(_loops[0])
    browser.close()


@pytest.fixture(autouse=True)
def _playwrights_loop(request: pytest.FixtureRequest) -> Iterator[None]:
    """Its event loop counts as running while a test that drives Chromium does."""
    if "playwright" in request.fixturenames:
        request.getfixturevalue("playwright")
        asyncio._set_running_loop(_loops[0])
    yield
    asyncio._set_running_loop(None)


@pytest.fixture
def tab(chromium: Browser, _playwrights_loop: None) -> Iterator[Page]:
    """An empty page in a context of its own: no cookies, no cache."""
    context = chromium.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture
def screen(tab: Page) -> Iterator[Page]:
    """A tab that has no errors in its console, and breaks no policy of its pages."""
    said: list[str] = []
    tab.set_default_timeout(10_000)
    tab.add_init_script(VIOLATIONS)
    tab.on("console", lambda line: said.append(line.text) if line.type == "error" else None)
    tab.on("pageerror", lambda error: said.append(str(error)))
    yield tab
    # That an answer was no 200 is what some of these tests are about.
    assert [one for one in said if not one.startswith("Failed to load resource")] == []


@pytest.fixture
def scene(db: Connection[TupleRow]) -> Scene:
    """Something in every list."""
    return played(db)


@pytest.fixture
def at(dsn: str) -> Iterator[str]:
    """Where a console is, at which ada is signed in."""
    with console(dsn) as origin:
        yield origin
