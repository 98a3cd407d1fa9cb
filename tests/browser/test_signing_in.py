"""Signing in with a real browser: what its cookies and our policy really do together."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from consumers.console.signin.opening import SESSION
from outbox.store import Connection
from tests.console.signin.oidc.leaving import ways
from tests.console.signin.place import PASSWORD, Place, place
from tests.parts.provider import Provider, provider

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


@pytest.fixture
def sso() -> Iterator[Provider]:
    with provider() as one:
        yield one


@pytest.fixture
def here(dsn: str, db: Connection, sso: Provider) -> Iterator[Place]:
    with place(dsn, db, lambda origin: ways(sso.issuer, origin)) as one:
        yield one


def test_a_link_signs_in_with_its_button_on_plain_loopback(tab: Page, here: Place) -> None:
    tab.goto(f"{here.origin}/signin/once?token={here.ticket('ada')}")
    assert tab.context.cookies() == []

    tab.click("main button")
    tab.wait_for_url(re.compile("/review$"))

    [cookie] = tab.context.cookies()
    assert (cookie["name"], cookie["secure"], cookie["sameSite"]) == (SESSION, True, "Strict")
    tab.click("text=Sign out")
    tab.wait_for_url(re.compile("/signin$"))
    assert tab.context.cookies() == []


def test_a_password_leads_back_to_where_one_wanted_to_go(tab: Page, here: Place) -> None:
    here.add("ada")
    tab.goto(f"{here.origin}/signin/sessions")

    tab.fill("input[name=name]", "ada")
    tab.fill("input[name=password]", PASSWORD)
    tab.click("form.edit button")

    tab.wait_for_url(f"{here.origin}/signin/sessions")
    assert "this one" in tab.inner_text("main")


def test_who_comes_back_from_a_provider_on_another_site_is_signed_in(
    tab: Page, here: Place, sso: Provider
) -> None:
    assert "localhost" in here.origin
    assert "127.0.0.1" in sso.issuer  # another site to a browser
    tab.goto(f"{here.origin}/signin?next=/signin/sessions")

    tab.click("text=Sign in at")

    tab.wait_for_url(f"{here.origin}/signin/sessions")
    assert "at your provider" in tab.inner_text("main")
    assert len(sso.asked) == 1
