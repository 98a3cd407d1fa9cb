"""Agent-written HTML, in a reviewer's browser: it runs nothing, asks nobody, reads nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from typing import TYPE_CHECKING

import pytest

from tests.browser.hostile import corpus
from tests.browser.hostile.servers import Site, canary, site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

pytestmark = pytest.mark.browser

SAMPLES = corpus()
TABS = 12
FRAMES = 45
LONG_ENOUGH = 1_000
"""Milliseconds in which a document could still do something."""
STOPPED = {"csp", "origin"}
"""What Chromium says of a request that it never began."""


@dataclass
class Seen:
    """What a browser did while it showed samples."""

    site: Site
    context: BrowserContext
    ran: list[str] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    began: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)

    def watch(self) -> None:
        self.context.on("console", self._heard)
        self.context.on("requestfinished", self._requested)
        self.context.on("requestfailed", self._requested)
        self.context.on("dialog", lambda dialog: dialog.dismiss())
        self.context.on("download", lambda download: self.opened.append(download.url))

    def keep(self, tab: Page) -> None:
        tab.on("popup", lambda popup: self.opened.append(popup.url))

    @property
    def anything(self) -> dict[str, object]:
        """All that should not have been."""
        found = {
            "scripts": self.ran,
            "cookies": self.read,
            "requests": self.began,
            "windows": self.opened,
            "asked elsewhere": self.site.canary.asked,
            "connections elsewhere": self.site.canary.connections,
            "asked here": self.site.asked,
        }
        return {name: what for name, what in found.items() if what}

    def _heard(self, message: ConsoleMessage) -> None:
        if message.text.startswith("RAN:"):
            self.ran.append(message.text)
        elif message.text.startswith("COOKIE ") and "=" in message.text:
            self.read.append(message.text)

    def _requested(self, request: Request) -> None:
        shown = self.site.shows(request.url) and request.resource_type == "document"
        if request.url.startswith("http") and not shown and request.failure not in STOPPED:
            self.began.append(f"{request.resource_type} {request.url} {request.failure}")


@pytest.fixture(scope="module")
def served() -> Iterator[Site]:
    with canary() as heard, site(SAMPLES, heard) as server:
        yield server


@contextmanager
def signed_in(chromium: Browser, served: Site) -> Iterator[Seen]:
    """A browser with two cookies, one of which scripts could read."""
    served.forget()
    context = chromium.new_context()
    seen = Seen(served, context)
    context.new_page().goto(f"{served.origin}/signed-in")
    seen.watch()
    yield seen
    context.close()


def by_themselves(chromium: Browser, served: Site, way: str) -> Seen:
    """Each sample opened as a page of its own, a few at a time."""
    with signed_in(chromium, served) as seen:
        tabs = [seen.context.new_page() for _ in range(TABS)]
        for tab in tabs:
            seen.keep(tab)
        for number, tab in zip(range(len(SAMPLES)), cycle(tabs), strict=False):
            tab.goto(f"{served.origin}/{way}/{number}", wait_until="commit")
        tabs[0].wait_for_timeout(LONG_ENOUGH)
    return seen


def in_frames(
    chromium: Browser, served: Site, way: str, attribute: str, upto: int = len(SAMPLES)
) -> Seen:
    """Each sample in a frame of a page, many in one."""
    with signed_in(chromium, served) as seen:
        for first in range(0, upto, FRAMES):
            tab = seen.context.new_page()
            seen.keep(tab)
            where = f"{served.origin}/frames/{way}/{first}/{first + FRAMES}/{attribute}"
            tab.goto(where, wait_until="commit")
            tab.wait_for_timeout(LONG_ENOUGH)
            tab.wait_for_load_state("load")
            assert tab.url == where
    return seen


def test_there_are_at_least_a_hundred_and_fifty_samples_each_with_a_name() -> None:
    assert len({sample.slug for sample in SAMPLES}) == len(SAMPLES) >= 150


def test_in_a_frame_no_sample_does_anything(chromium: Browser, served: Site) -> None:
    assert in_frames(chromium, served, "guarded", "sandboxed").anything == {}


def test_opened_by_itself_no_sample_does_anything(chromium: Browser, served: Site) -> None:
    assert by_themselves(chromium, served, "guarded").anything == {}


def test_without_the_headers_the_same_samples_are_alive(
    chromium: Browser, served: Site
) -> None:
    seen = in_frames(chromium, served, "bare", "inert")

    assert len(seen.ran) > 75
    assert len(set(served.canary.asked)) > 150
    assert any("theme=dark" in line for line in seen.read)


def test_the_attribute_of_a_frame_alone_keeps_scripts_but_no_beacon(
    chromium: Browser, served: Site
) -> None:
    seen = in_frames(chromium, served, "bare", "sandboxed", upto=2 * FRAMES)

    assert seen.ran == []
    assert len(set(served.canary.asked)) > 30


def test_a_document_has_no_origin_and_no_cookies(tab: Page, served: Site) -> None:
    tab.goto(f"{served.origin}/signed-in")
    tab.goto(f"{served.origin}/guarded/0")

    assert tab.evaluate("self.origin") == "null"
    with pytest.raises(Exception, match="sandboxed and lacks the 'allow-same-origin' flag"):
        tab.evaluate("document.cookie")


def test_nobody_else_may_frame_it(tab: Page, served: Site) -> None:
    elsewhere = served.origin.replace("127.0.0.1", "elsewhere.example")
    refused: list[str] = []
    tab.on("console", lambda message: refused.append(message.text))

    tab.goto(f"{elsewhere}/foreign?{served.origin}/guarded/0")

    assert any("frame-ancestors" in line for line in refused)
