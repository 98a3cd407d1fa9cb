"""The pages can be read by everybody: on any screen, in the dark, and by a screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe

from outbox import Email
from outbox.store import Connection
from tests.browser.scene import Scene, proposed, routed
from tests.browser.seeing import arrived, press

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

LONG = "Donaudampfschifffahrtsgesellschaftskapitaensmuetzenabzeichen" * 4
ENDLESS = Email(
    sender="billing@example.com",
    sender_name=LONG[:200],
    to=tuple(f"{LONG[:60]}{number}@example.org" for number in range(3)),
    subject=LONG,
    text=f"{LONG}\n{'a ' * 400}",
    html=f"<p>{LONG}</p>",
)
EMPTY = ("/review", "/approve", "/sending", "/sent", "/stranded", "/closed", "/deferred")
WIDE = """() => [document.documentElement.scrollWidth, innerWidth]"""


def pages(scene: Scene, long: int) -> Iterator[str]:
    """Every kind of page."""
    yield from ("/review", "/approve", "/stranded", "/sending", "/sent", "/receipts")
    yield from (
        "/agents",
        "/calibration",
        "/policies",
        "/system",
        "/search?q=to:ada",
        "/search?q=score:<x",
    )
    yield from ("/passkeys", "/signin", "/intents/4711", "/intents/none", "/arriving")
    assert scene.stranded is not None
    for id in (scene.awaiting[1].id, scene.sent.id, scene.stranded.id, long):
        yield f"/intents/{id}?done={scene.sent.id}"
    for show in ("rendered", "html", "manifest"):
        yield f"/intents/{long}?show={show}"
    yield f"/intents/{long}/edit"
    yield f"/bulk?id={scene.awaiting[0].id}&id={scene.awaiting[1].id}&id={long}"


def wrong(screen: Page) -> list[str]:
    """What axe finds on the page, and whether one must scroll sideways."""
    found = [
        f"{one['id']}: {one['nodes'][0]['html']}"
        for one in Axe().run(screen).response["violations"]
    ]
    needed, given = screen.evaluate(WIDE)
    return [*found, *([f"{needed} pixels wide, not {given}"] if needed > given else [])]


def opened(chromium: Browser, width: int, scheme: str) -> Page:
    context = chromium.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
    )
    screen = context.new_page()
    screen.set_default_timeout(10_000)
    return screen


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")]
)
def test_every_page_is_accessible(
    chromium: Browser, at: str, db: Connection, scene: Scene, width: int, scheme: str
) -> None:
    long = proposed(db, ENDLESS, LONG[:200], LONG[:100]).id
    routed(db, confidence=0.9, reasons=(LONG,))
    screen = opened(chromium, width, scheme)

    found = {}
    for path in pages(scene, long):
        screen.goto(f"{at}{path}")
        if problems := wrong(screen):
            found[path] = problems

    assert found == {}
    screen.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_opens_on_a_page_is_accessible(
    chromium: Browser, at: str, scene: Scene, scheme: str
) -> None:
    screen = opened(chromium, 1280, scheme)
    path = f"/intents/{scene.awaiting[0].id}"
    screen.goto(f"{at}{path}")
    arrived(screen, path)

    found = {}
    for keys in (("?",), ("Escape", "Control+k"), ("Escape", "r"), ("d",), ("s",)):
        press(screen, *keys)
        found[keys] = wrong(screen)

    assert not any(found.values()), found
    screen.context.close()


def test_empty_lists_are_accessible(chromium: Browser, at: str) -> None:
    screen = opened(chromium, 390, "light")

    found = {}
    for path in EMPTY:
        screen.goto(f"{at}{path}")
        if problems := wrong(screen):
            found[path] = problems

    assert found == {}
    screen.context.close()


def test_at_200_percent_nothing_is_cut_off(chromium: Browser, at: str, scene: Scene) -> None:
    screen = opened(chromium, 640, "light")  # as 1280 pixels are at 200 %

    for path in ("/review", f"/intents/{scene.awaiting[1].id}", "/receipts", "/system"):
        screen.goto(f"{at}{path}")
        needed, given = screen.evaluate(WIDE)
        assert needed <= given, path
    screen.context.close()


def test_the_header_takes_two_lines_and_no_more(
    chromium: Browser, at: str, scene: Scene
) -> None:
    for width in (1280, 1920):
        screen = opened(chromium, width, "light")
        screen.goto(f"{at}/review")
        box = screen.locator("header").bounding_box()
        assert box is not None
        assert box["height"] < 95
        screen.context.close()


def test_nothing_moves_for_whom_motion_is_too_much(
    chromium: Browser, at: str, scene: Scene
) -> None:
    screen = opened(chromium, 1280, "light")
    screen.goto(f"{at}/intents/{scene.awaiting[0].id}")

    moving = screen.evaluate(
        "[...document.querySelectorAll('*')].filter((one) =>"
        " parseFloat(getComputedStyle(one).transitionDuration) > 0"
        " || getComputedStyle(one).animationName !== 'none').length"
    )

    assert moving == 0
    screen.context.close()
