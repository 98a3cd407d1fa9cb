"""A person signs in Chromium what leaves; the device is Chromium's own."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from consumers.authority import BySignature
from consumers.rulings import Rulings
from deploy.local.sink import MailSink
from outbox.desk import Desk
from outbox.store import Connection
from schemas.authority import holders
from tests.browser.device import Device
from tests.faults.sending import sender
from tests.parts import journey
from tests.parts.console import console
from tests.parts.logins import logins_of
from tests.parts.reviewers import ROOT, ROOTS, declared, enrolled, revoked

SAYS = "[data-passkey-says]"


@pytest.fixture
def home(dsn: str) -> Iterator[str]:
    """A console in which approvals are signed; no root is near."""
    with console(logins_of(dsn)["console"], approvals="signed") as origin:
        yield origin


@pytest.fixture
def device(tab: Page, home: str) -> Device:
    """It has a passkey of ada, for which the root has yet to vouch."""
    made = Device(tab)
    make(tab, home)
    return made


@pytest.fixture
def vouched(db: Connection, device: Device) -> Device:
    vouch(db)
    return device


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
    tab.get_by_role("button", name="Approve").press("Enter")


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


def test_what_is_signed_in_the_browser_is_believed_by_the_sender_and_leaves(
    tab: Page, home: str, db: Connection, sink: MailSink, vouched: Device
) -> None:
    intent = journey.awaiting(db)
    journey.switch_on(db)
    tab.goto(f"{home}/intents/{intent.id}")

    approve(tab)

    tab.wait_for_url(f"**/approve?done={intent.id}")
    sender(db, sink, authority=BySignature(db, ROOTS, Rulings(ROOTS))).look()
    assert journey.state_of(db, intent.id) == "sent"
    assert len(sink.accepted()) == 1
    assert vouched.signed() > 0


def test_five_are_signed_with_one_touch(
    tab: Page, home: str, db: Connection, sink: MailSink, vouched: Device
) -> None:
    intents = [journey.awaiting(db) for _ in range(5)]
    journey.switch_on(db)
    before = vouched.signed()
    tab.goto(f"{home}/bulk?" + "&".join(f"id={one.id}" for one in intents))

    approve(tab)

    for intent in intents:
        expect(tab.locator(SAYS)).to_contain_text(f"Intent {intent.id} is approved.")
    assert vouched.signed() == before + 1
    believing = sender(db, sink, authority=BySignature(db, ROOTS, Rulings(ROOTS)))
    while believing.look():
        pass
    assert len(sink.accepted()) == 5


def test_what_moved_while_the_device_was_asked_is_named_and_the_others_are_approved(
    tab: Page, home: str, db: Connection, vouched: Device
) -> None:
    intents = [journey.awaiting(db) for _ in range(2)]
    tab.goto(f"{home}/bulk?" + "&".join(f"id={one.id}" for one in intents))

    def edit(route: object) -> None:
        seen = journey.seen(db, intents[1].id)
        Desk(db, actor="bob").edit(intents[1].id, journey.mail("Other"), digest=seen)
        route.continue_()  # type: ignore[attr-defined]

    tab.route("**/approval/finish", edit)
    approve(tab)

    expect(tab.locator(SAYS)).to_contain_text(f"Intent {intents[0].id} is approved.")
    expect(tab.locator(SAYS)).to_contain_text(f"Intent {intents[1].id} is not approved")
    assert [journey.state_of(db, one.id) for one in intents] == ["approved", "submitted"]


@pytest.mark.parametrize("why", ["another finger", "no passkey on it"])
def test_whoever_does_not_sign_approves_nothing_and_may_try_again(
    tab: Page, home: str, db: Connection, vouched: Device, why: str
) -> None:
    intent = journey.awaiting(db)
    tab.goto(f"{home}/intents/{intent.id}")
    if why == "another finger":
        vouched.recognises("no")
    else:
        vouched.forgets()

    approve(tab)

    expect(tab.locator(SAYS)).to_contain_text("Your device did not sign")
    expect(tab.locator(SAYS)).to_contain_text("nothing was done; try again")
    assert journey.state_of(db, intent.id) == "awaiting_approval"
    if why == "another finger":
        vouched.recognises("yes")
        approve(tab)
        tab.wait_for_url(f"**/approve?done={intent.id}")
        assert journey.state_of(db, intent.id) == "approved"


def test_the_page_says_what_the_device_signs_while_it_waits(
    tab: Page, home: str, db: Connection, vouched: Device
) -> None:
    intent = journey.awaiting(db)
    tab.goto(f"{home}/intents/{intent.id}")
    tab.evaluate("() => { navigator.credentials.get = () => new Promise(() => {}) }")

    approve(tab)

    says = tab.locator(SAYS)
    expect(says).to_contain_text("Waiting for your device")
    expect(says).to_contain_text("ada approves 1 mail, for one attempt each")
    expect(says).to_contain_text(journey.seen(db, intent.id))
    expect(says).to_have_attribute("role", "status")


def test_a_revoked_passkey_is_told_so(
    tab: Page, home: str, db: Connection, device: Device
) -> None:
    name = vouch(db)
    intent = journey.awaiting(db)
    tab.goto(f"{home}/intents/{intent.id}")
    declared(db, revoked(key=name))

    approve(tab)

    expect(tab.locator(SAYS)).to_contain_text("no passkey that is enrolled")
    expect(tab.locator("[data-passkey-else]")).to_be_hidden()
    tab.goto(f"{home}/passkeys")
    expect(tab.locator("main")).to_contain_text("is revoked: lost")


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
    chromium: object, home: str, db: Connection, vouched: Device
) -> None:
    intent = journey.awaiting(db)
    context = chromium.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
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
