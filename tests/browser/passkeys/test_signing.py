"""A person signs in Chromium what leaves; the device is Chromium's own."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from consumers.authority import BySignature
from consumers.rulings import Rulings
from deploy import exporting
from deploy.local.sink import MailSink
from outbox.desk import Desk
from outbox.queries import reader
from outbox.store import Connection
from tests.browser.passkeys.device import Device
from tests.browser.passkeys.doing import SAYS, approve, vouch
from tests.deploy.command import holdshort
from tests.faults.sending import sender
from tests.parts import journey
from tests.parts.receipts import OURS, TRUST, attest
from tests.parts.reviewers import ROOT_FILE, ROOTS, declared, revoked

SEEN = "people have signed for every effect"


def test_what_is_signed_in_the_browser_is_believed_by_the_sender_and_by_a_stranger(
    tab: Page,
    home: str,
    dsn: str,
    db: Connection,
    sink: MailSink,
    vouched: Device,
    tmp_path: Path,
) -> None:
    intent = journey.awaiting(db)
    journey.switch_on(db)
    tab.goto(f"{home}/intents/{intent.id}")

    approve(tab)

    tab.wait_for_url(f"**/approve?done={intent.id}")
    sender(db, sink, authority=BySignature(db, ROOTS, Rulings(ROOTS))).look()
    assert journey.state_of(db, intent.id) == "sent"
    assert len(sink.accepted()) == 1
    attest(db)
    with reader(dsn).connect().execution_options(isolation_level="AUTOCOMMIT") as look:
        written = exporting.of_intent(look, intent.id, OURS).written()
    files = {"bundle": written, "keys": TRUST, "roots": ROOT_FILE}
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    bundle, keys, roots = (str(tmp_path / name) for name in files)
    verified = holdshort("verify", bundle, "--trust", keys, "--reviewers", roots)
    assert (verified.code, SEEN in verified.out) == (0, True), verified


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

    def edit(route: Route) -> None:
        seen = journey.seen(db, intents[1].id)
        Desk(db, actor="bob").edit(intents[1].id, journey.mail("Other"), digest=seen)
        route.continue_()

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
    expect(says).to_contain_text("ada approves 1 intent, for one attempt each")
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
