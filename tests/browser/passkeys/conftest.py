"""A console in which approvals are signed, and a device with a passkey of ada."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page

from outbox.store import Connection
from tests.browser.passkeys.device import Device
from tests.browser.passkeys.doing import make, vouch
from tests.parts.console import console
from tests.parts.logins import logins_of


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
