"""Everything a reviewer does, by keyboard alone: no mouse, and no focus given by a test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from deploy.local.sink import MailSink
from outbox.store import Connection
from tests.browser.scene import INVOICE, Scene, proposed, routed
from tests.browser.seeing import arrived, press
from tests.faults.sending import sender
from tests.parts import journey, reviewers
from tests.parts.console import console
from tests.parts.journey import state_of
from tests.parts.receipts import attest

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def focused(screen: Page) -> str:
    """What the focus is on, as its text says."""
    return str(screen.evaluate("document.activeElement.textContent")).strip()


@pytest.mark.parametrize("how", ["named", "signed"])
def test_a_mail_goes_from_review_to_its_receipt_by_keyboard_alone(
    screen: Page, dsn: str, db: Connection, sink: MailSink, how: str
) -> None:
    intent = proposed(db, INVOICE, "inv:117", "billing-agent")
    routed(db, confidence=0.2, reasons=("unusual",))
    journey.switch_on(db)
    reviewers.declared(db, reviewers.enrolled("ada", reviewers.ADA.key))
    signer = reviewers.ADA if how == "signed" else None

    with console(dsn, signer=signer) as at:
        screen.goto(f"{at}/system")
        arrived(screen, "/system")
        press(screen, "g", "r")
        arrived(screen, "/review")
        press(screen, "j", "Enter")
        arrived(screen, f"/intents/{intent.id}")
        press(screen, "a")
        arrived(screen, "/review")
        assert screen.get_by_role("status").filter(has_text="approved").is_visible()
        assert sender(db, sink).look() == 1
        attest(db)
        press(screen, "g", "e")
        arrived(screen, "/sent")
        press(screen, "o")
        arrived(screen, f"/intents/{intent.id}")

        assert "sent by sender-1" in screen.locator(".timeline").inner_text()
    assert [one.rcpt_to for one in sink.accepted()] == [["ada@example.org"]]


def test_a_list_is_walked_through_and_opened(screen: Page, at: str, scene: Scene) -> None:
    screen.goto(f"{at}/approve")
    arrived(screen, "/approve")

    walked = []
    for key in ("j", "j", "j", "j", "k"):
        press(screen, key)
        walked.append(focused(screen))
    press(screen, "o")

    on = ["Survey", "Three new guides", "Your invoice 2026-0117"]
    assert walked == [*on, on[2], on[1]]
    arrived(screen, f"/intents/{scene.awaiting[1].id}")
    press(screen, "u")
    arrived(screen, "/approve")


def test_a_rejection_takes_a_reason_and_then_shows_the_next(
    screen: Page, at: str, scene: Scene, db: Connection
) -> None:
    first, second = scene.in_review
    screen.goto(f"{at}/intents/{first.id}")
    arrived(screen, f"/intents/{first.id}")

    press(screen, "r")
    screen.keyboard.type("w")
    press(screen, "Tab")
    screen.keyboard.type("j a k: to nobody we know")
    press(screen, "Enter")

    arrived(screen, f"/intents/{second.id}")
    assert state_of(db, first.id) == "rejected"
    assert state_of(db, second.id) == "in_review"


def test_an_approval_is_taken_back_right_after_it(
    screen: Page, at: str, scene: Scene, db: Connection
) -> None:
    intent = scene.awaiting[0]
    screen.goto(f"{at}/intents/{intent.id}")
    arrived(screen, f"/intents/{intent.id}")

    press(screen, "a")
    arrived(screen, f"/intents/{scene.awaiting[1].id}")
    press(screen, "z")
    screen.keyboard.type("the wrong month")
    press(screen, "Enter")

    arrived(screen, f"/intents/{intent.id}")
    assert state_of(db, intent.id) == "in_review"


def test_a_mail_is_mended_by_keys(screen: Page, at: str, scene: Scene, db: Connection) -> None:
    intent = scene.in_review[0]
    screen.goto(f"{at}/intents/{intent.id}")
    arrived(screen, f"/intents/{intent.id}")

    press(screen, "e")
    arrived(screen, f"/intents/{intent.id}/edit")
    for _ in range(40):
        press(screen, "Tab")
        if screen.evaluate("document.activeElement.name") == "subject":
            break
    press(screen, "Control+a")
    screen.keyboard.type("Your new access")
    press(screen, "Enter")

    arrived(screen, f"/intents/{intent.id}")
    assert screen.get_by_role("heading", name="Your new access").is_visible()
    assert state_of(db, intent.id) == "submitted"


def test_a_second_press_decides_nothing_that_was_not_seen(
    screen: Page, at: str, scene: Scene, db: Connection
) -> None:
    first, second, third = scene.awaiting
    screen.goto(f"{at}/intents/{first.id}")
    arrived(screen, f"/intents/{first.id}")

    press(screen, "a", "a", "a")
    screen.wait_for_url(f"**/intents/{second.id}?*")
    press(screen, "a")
    arrived(screen, f"/intents/{second.id}")
    screen.keyboard.down("a")
    arrived(screen, f"/intents/{third.id}")
    screen.keyboard.down("a")  # it is still held: keyboards repeat it
    screen.keyboard.up("a")
    press(screen, "g", "a")
    arrived(screen, "/approve")

    assert [state_of(db, one.id) for one in (first, second, third)] == [
        "approved",
        "approved",
        "awaiting_approval",
    ]
