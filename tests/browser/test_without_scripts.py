"""Every action is a plain form: all of it is done without a single script."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from consumers.console.signin.opening import who
from outbox.people import accounts
from outbox.store import Connection
from tests.browser.scene import INVOICE, Scene, proposed, routed
from tests.parts import journey
from tests.parts.console import console
from tests.parts.journey import state_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def plain(chromium: Browser, _playwrights_loop: None) -> Iterator[Page]:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(10_000)
    yield page
    context.close()


def test_a_mail_is_approved(plain: Page, at: str, db: Connection, scene: Scene) -> None:
    first, second, _ = scene.awaiting
    plain.goto(f"{at}/approve")

    plain.get_by_role("link", name="Survey").click()
    plain.get_by_role("button", name="Approve").click()

    plain.wait_for_url(f"**/intents/{second.id}?done={first.id}")
    assert state_of(db, first.id) == "approved"


@pytest.mark.parametrize(
    ("verb", "button", "state"),
    [
        ("Reject", "Reject for good", "rejected"),
        ("Send back", "Send back to the agent", "sent_back"),
    ],
)
def test_a_mail_is_refused_with_a_reason(
    plain: Page, at: str, db: Connection, scene: Scene, verb: str, button: str, state: str
) -> None:
    intent = scene.awaiting[0]
    plain.goto(f"{at}/intents/{intent.id}")

    plain.locator("summary", has_text=verb).click()
    form = plain.locator("details[open] form")
    form.locator("select").select_option("wrong_content")
    form.locator("[name=reason]").fill("the wrong month")
    form.get_by_role("button", name=button).click()
    plain.get_by_role("status").filter(has_text=f"Intent {intent.id} is now").wait_for()

    assert state_of(db, intent.id) == state


def test_a_mail_is_deferred_and_taken_up_again(
    plain: Page, at: str, db: Connection, scene: Scene
) -> None:
    intent = scene.awaiting[0]
    plain.goto(f"{at}/intents/{intent.id}")

    plain.locator("summary", has_text="Defer").click()
    plain.locator("details[open] form").get_by_role("button").click()
    plain.goto(f"{at}/deferred")
    plain.get_by_role("link", name="Survey").click()
    plain.get_by_role("button", name="Take up").click()
    plain.goto(f"{at}/approve")

    assert plain.get_by_role("link", name="Survey").is_visible()


def test_a_mail_is_mended(plain: Page, at: str, db: Connection, scene: Scene) -> None:
    intent = scene.awaiting[0]
    plain.goto(f"{at}/intents/{intent.id}")

    plain.get_by_role("link", name="Edit").click()
    plain.get_by_label("Subject").fill("A short survey")
    plain.get_by_role("button", name="Write version 2").click()

    plain.get_by_role("heading", name="A short survey").wait_for()
    assert state_of(db, intent.id) == "submitted"


def test_several_are_approved_together(plain: Page, at: str, db: Connection) -> None:
    ids = [proposed(db, INVOICE, f"inv:{number}", "billing-agent").id for number in range(3)]
    routed(db, confidence=0.9, reasons=("fine",))
    plain.goto(f"{at}/approve")

    for box in plain.locator("[data-select]").all()[:2]:
        box.check()
    plain.get_by_role("button", name="Look at the selected together").click()
    plain.get_by_role("button", name="Approve those that are ticked").click()
    plain.get_by_role("heading", name="What became of each").wait_for()

    assert [state_of(db, id) for id in ids] == ["approved", "approved", "awaiting_approval"]


def test_an_approval_is_taken_back(plain: Page, at: str, db: Connection, scene: Scene) -> None:
    intent = scene.awaiting[0]
    journey.approve(db, intent.id)
    plain.goto(f"{at}/intents/{intent.id}")

    plain.locator("summary", has_text="Revoke").click()
    plain.locator("details[open] [name=reason]").fill("the wrong month")
    plain.get_by_role("button", name="Take the approval back").click()

    plain.wait_for_url(f"**/intents/{intent.id}")
    assert state_of(db, intent.id) == "in_review"


def test_what_stranded_is_resolved(plain: Page, at: str, db: Connection, scene: Scene) -> None:
    assert scene.stranded is not None
    plain.goto(f"{at}/stranded")

    plain.get_by_role("link", name="Your order has shipped").click()
    plain.locator("summary", has_text="It was sent").click()
    plain.locator("details[open] [name=reason]").fill("she wrote back")
    plain.get_by_role("button", name="It was sent").click()
    plain.get_by_role("status").filter(has_text="is now sent").wait_for()

    assert state_of(db, scene.stranded.id) == "sent"


def test_sending_is_turned_off_and_on(
    plain: Page, at: str, db: Connection, scene: Scene
) -> None:
    plain.goto(f"{at}/review")

    plain.get_by_role("button", name="Turn off").click()
    plain.get_by_text("Sending is off").first.wait_for()
    plain.goto(f"{at}/system")
    plain.get_by_role("button", name="Turn sending on").click()

    plain.get_by_text("Sending is on").first.wait_for()


def test_one_searches(plain: Page, at: str, scene: Scene) -> None:
    plain.goto(f"{at}/review")

    plain.get_by_role("searchbox").fill("to:ada@example.org")
    plain.get_by_role("searchbox").press("Enter")

    plain.get_by_role("link", name=INVOICE.subject).wait_for()
    assert plain.locator("[data-row]").count() == 1


def test_one_signs_in_by_a_link_and_out_again(
    plain: Page, dsn: str, db: Connection, scene: Scene
) -> None:
    token = secrets.token_urlsafe(32)
    accounts.give_ticket(db, token, "ada", good_for=dt.timedelta(minutes=5), actor="olga")
    with console(dsn, who=who) as at:
        plain.goto(f"{at}/signin/once?token={token}")
        plain.get_by_role("button").first.click()
        plain.goto(f"{at}/review")
        inside = plain.get_by_text("ada", exact=True).is_visible()
        plain.get_by_role("button", name="Sign out").click()
        plain.goto(f"{at}/review")

        assert inside
        plain.wait_for_url("**/signin?next=*")
