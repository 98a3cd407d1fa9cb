"""What a person does on the page, and the holder of the root elsewhere."""

from __future__ import annotations

from playwright.sync_api import Page

from outbox.store import Connection
from schemas.authority import holders
from tests.parts.reviewers import declared, enrolled

SAYS = "[data-passkey-says]"


def make(tab: Page, home: str) -> None:
    tab.goto(f"{home}/passkeys")
    tab.get_by_role("button", name="Make a passkey").click()
    tab.wait_for_url("**/passkeys?made=*")


def vouch(db: Connection) -> str:
    """What the holder of the root does with the file; its key's name."""
    [(content,)] = db.execute("SELECT content FROM outbox.passkey")
    key = holders.of_file(content)
    declared(db, enrolled("ada", key))
    return key.name


def approve(tab: Page) -> None:
    tab.locator("html[data-settled]").wait_for()  # nobody decides on what they have not seen
    tab.get_by_role("button", name="Approve").press("Enter")
