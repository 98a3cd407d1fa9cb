"""Two reviewers with one intent before them: one decides, the other is told who did."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from outbox.store import Connection
from tests.browser.scene import Scene
from tests.browser.seeing import arrived, press
from tests.parts.console import console, somebody
from tests.parts.journey import kinds_of, state_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def reviewer(chromium: Browser, name: str) -> Page:
    """In a browser of their own, which says who they are."""
    context = chromium.new_context(extra_http_headers={"x-person": name})
    screen = context.new_page()
    screen.set_default_timeout(10_000)
    # Nobody hears of what the other does: both press in the same moment.
    screen.route("**/events**", lambda route: route.abort())
    return screen


def test_of_two_who_press_at_once_one_decides_and_the_other_is_told_who(
    chromium: Browser, dsn: str, db: Connection, scene: Scene
) -> None:
    first, second, _ = scene.awaiting
    with console(dsn, who=lambda request: somebody(request.headers["x-person"])) as at:
        ada, bob = reviewer(chromium, "ada"), reviewer(chromium, "bob")
        for screen in (ada, bob):
            screen.goto(f"{at}/intents/{first.id}")
            arrived(screen, f"/intents/{first.id}")

        for screen in (bob, ada):
            press(screen, "a")
        for screen in (bob, ada):
            screen.wait_for_url(lambda url: not url.endswith(f"/intents/{first.id}"))

        approver = "SELECT approver FROM outbox.approval WHERE intent_id = %s"
        [(name,)] = db.execute(approver, (first.id,)).fetchall()
        winner, loser = (ada, bob) if name == "ada" else (bob, ada)
        winner.wait_for_url(f"**/intents/{second.id}?*")
        loser.get_by_text(f"approved by {name}").wait_for()
        assert state_of(db, first.id) == "approved"
        assert kinds_of(db, first.id).count("approved") == 1
        loser.get_by_role("link", name=f"Look at intent {first.id}").click()
        loser.wait_for_url(f"**/intents/{first.id}")
        assert loser.locator("#approve").count() == 0
        for screen in (ada, bob):
            screen.context.close()
