"""A person makes a passkey in Chromium; the device is Chromium's own."""

from __future__ import annotations

import json

from playwright.sync_api import Browser, Page, expect

from outbox.store import Connection
from tests.browser.passkeys.device import Device
from tests.browser.passkeys.doing import SAYS, approve, make, vouch
from tests.parts import journey
from tests.parts.console import console
from tests.parts.logins import logins_of
from tests.parts.reviewers import ROOT, ROOTS


def test_a_passkey_that_is_made_waits_for_a_root_until_one_vouches_for_it(
    tab: Page, home: str, db: Connection, device: Device
) -> None:
    expect(tab.locator("main")).to_contain_text("waits for a root")
    expect(tab.locator("main")).to_contain_text(
        "holdshort reviewer enrol ada --key passkey.json"
    )
    with tab.expect_download() as downloading:
        tab.get_by_role("link", name="passkey.json").click()
    file = json.loads(downloading.value.path().read_bytes())
    assert (file["rp_id"], file["origins"]) == ("localhost", [home])

    name = vouch(db)
    tab.reload()

    expect(tab.locator("main")).to_contain_text(f"is enrolled: by {ROOT.key.name}")
    expect(tab.locator("main")).to_contain_text(name)
    assert device.made() == 1


def test_a_device_makes_one_passkey_for_one_person(
    tab: Page, home: str, device: Device
) -> None:
    tab.get_by_role("button", name="Make a passkey").click()

    expect(tab.locator(SAYS)).to_contain_text("This device has a passkey of yours already")
    assert device.made() == 1


def test_where_the_root_is_at_hand_a_passkey_counts_at_once(
    tab: Page, dsn: str, db: Connection
) -> None:
    Device(tab)
    intent = journey.awaiting(db)
    with console(
        logins_of(dsn)["console"], approvals="signed", root=ROOT, roots=ROOTS
    ) as origin:
        make(tab, origin)
        expect(tab.locator("main")).to_contain_text("It counts from now on")
        tab.goto(f"{origin}/intents/{intent.id}")
        approve(tab)
        tab.wait_for_url(f"**/approve?done={intent.id}")

    assert journey.state_of(db, intent.id) == "approved"


def test_without_scripts_the_page_says_which_command_to_run(
    chromium: Browser, home: str, db: Connection, vouched: Device
) -> None:
    intent = journey.awaiting(db)
    context = chromium.new_context(java_script_enabled=False)
    bare = context.new_page()
    bare.goto(f"{home}/intents/{intent.id}")
    digest = journey.seen(db, intent.id)
    command = f"holdshort approve {intent.id} --digest {digest} --by ada --key FILE"
    expect(bare.locator("main")).to_contain_text(command)

    bare.get_by_role("button", name="Approve").click()

    expect(bare.locator("main")).to_contain_text("a form signs nothing")
    assert journey.state_of(db, intent.id) == "awaiting_approval"
    bare.goto(f"{home}/passkeys")
    expect(bare.locator("main")).to_contain_text("holdshort key create FILE")
    context.close()
