"""Where keys lead: the focus, the palette, the help; and when they do nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from outbox.store import Connection
from tests.browser.scene import Scene
from tests.browser.seeing import arrived, press
from tests.parts import journey
from tests.parts.journey import state_of

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def focused(screen: Page) -> str:
    """What the focus is on, as its text says."""
    return str(screen.evaluate("document.activeElement.textContent")).strip()


def test_keys_do_nothing_while_one_types(
    screen: Page, at: str, scene: Scene, db: Connection
) -> None:
    intent = scene.awaiting[-1]
    screen.goto(f"{at}/intents/{intent.id}")
    arrived(screen, f"/intents/{intent.id}")

    press(screen, "/")
    screen.keyboard.type("area?jkuxz")

    assert screen.get_by_role("searchbox").input_value() == "area?jkuxz"
    assert screen.url.endswith(f"/intents/{intent.id}")
    assert state_of(db, intent.id) == "awaiting_approval"


def test_single_keys_can_be_switched_off_and_stay_off(
    screen: Page, at: str, scene: Scene, db: Connection
) -> None:
    intent = scene.awaiting[-1]
    screen.goto(f"{at}/intents/{intent.id}")
    arrived(screen, f"/intents/{intent.id}")

    press(screen, "?", "Tab", "Space", "Escape")
    screen.reload()
    arrived(screen, f"/intents/{intent.id}")
    press(screen, "a", "?", "g", "r", "Control+k")
    screen.keyboard.type("keys")
    press(screen, "Enter")

    assert screen.locator("#help[open]").is_visible()
    assert screen.url.endswith(f"/intents/{intent.id}")
    assert state_of(db, intent.id) == "awaiting_approval"
    press(screen, "Tab", "Space", "Escape", "u")
    arrived(screen, "/approve")


def test_the_palette_finds_a_command_by_its_words(screen: Page, at: str, scene: Scene) -> None:
    screen.goto(f"{at}/approve")
    arrived(screen, "/approve")
    press(screen, "j", "j", "Control+k")
    options = screen.get_by_role("option")

    everything = options.all_inner_texts()
    press(screen, "ArrowDown", "ArrowDown", "ArrowUp")
    chosen = screen.get_by_role("option", selected=True).inner_text()
    screen.keyboard.type("no such thing")
    nothing = options.count()
    press(screen, "Enter", "Escape")

    assert len(everything) > 8
    assert chosen == everything[1]
    assert nothing == 0
    assert focused(screen) == "Three new guides"  # as it was before
    press(screen, "Control+k")
    screen.keyboard.type("poli")
    press(screen, "Enter")
    arrived(screen, "/policies")


def test_the_help_closes_to_where_one_was(screen: Page, at: str, scene: Scene) -> None:
    screen.goto(f"{at}/approve")
    arrived(screen, "/approve")

    press(screen, "j", "?")
    opened = screen.locator("#help[open]").is_visible()
    press(screen, "j", "j", "o", "Escape")

    assert opened
    assert focused(screen) == "Survey"


def test_one_may_skip_to_the_content_and_sees_where_the_focus_is(
    screen: Page, at: str, scene: Scene
) -> None:
    screen.goto(f"{at}/approve")
    arrived(screen, "/approve")

    press(screen, "Tab")
    skipping = focused(screen)
    box = screen.locator(".skip").bounding_box()
    press(screen, "Enter", "Tab")

    assert skipping == "Skip to the content"
    assert box is not None
    assert box["x"] >= 0
    assert screen.evaluate("document.activeElement.closest('main') !== null")
    assert screen.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_the_focus_goes_through_a_page_as_one_reads_it(
    screen: Page, at: str, scene: Scene
) -> None:
    screen.goto(f"{at}/intents/{scene.awaiting[-1].id}")
    arrived(screen, f"/intents/{scene.awaiting[-1].id}")

    order, drawn = [], []
    for _ in range(60):
        press(screen, "Tab")
        if screen.evaluate("document.activeElement === document.body"):
            break
        order.append(screen.evaluate(PLACE))
        drawn.append(screen.evaluate("getComputedStyle(document.activeElement).outlineStyle"))

    assert order == sorted(order)
    assert len(order) > 20
    assert set(drawn) == {"solid"}


PLACE = """[...document.querySelectorAll("*")].indexOf(document.activeElement)"""


def test_the_help_names_every_key_of_the_pages_and_no_other(
    screen: Page, at: str, scene: Scene, db: Connection
) -> None:
    approved = scene.awaiting[-1]
    journey.approve(db, approved.id)
    pages = [
        "/stranded",
        f"/intents/{scene.sent.id}",
        f"/intents/{scene.awaiting[0].id}?done={approved.id}",
    ]
    asked: set[str] = set()
    for page in pages:
        screen.goto(f"{at}{page}")
        asked |= set(screen.evaluate(ASKED))

    listed = set(screen.evaluate(LISTED))

    assert asked - listed == set()
    assert listed - asked - {"j", "k", "o", "x", "Ctrl K"} == set()


ASKED = """
[...document.querySelectorAll("[data-key]")].map((one) => one.dataset.key).concat(
  [...document.querySelectorAll("[data-go]")].map((one) => `g ${one.dataset.go}`))"""
LISTED = """
[...document.querySelectorAll("#help dt")].flatMap((one) => {
  const keys = [...one.querySelectorAll("kbd")].map((key) => key.textContent);
  return keys[0] === "g" ? [keys.join(" ")] : keys;
})"""
