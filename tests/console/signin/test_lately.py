"""Sending is turned on only by who has lately proved who they are."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest

from consumers.console.signin.opening import SESSION
from tests.console.signin.place import Place
from tests.console.signin.visitor import Visitor

LONG_AGO = "fresh_at = fresh_at - interval '61 minutes'"


def by_page(visitor: Visitor, outbound: str) -> None:
    visitor.post("/outbound", {"outbound": outbound})


def by_program(visitor: Visitor, outbound: str) -> None:
    """With the cookie of the session, as a script of a page would do it."""
    headers = {"cookie": f"{SESSION}={visitor.cookies[SESSION]}", "origin": visitor.origin}
    where = f"{visitor.origin}/api/v1/switch"
    httpx.put(where, json={"outbound": outbound}, headers=headers, timeout=30)


@pytest.mark.parametrize("turn", [by_page, by_program])
def test_a_session_that_is_not_fresh_turns_sending_off_and_not_on(
    here: Place, turn: Callable[[Visitor, str], None]
) -> None:
    ada = here.signed_in("ada")
    stands = []
    for outbound in ("on", "off", "on"):
        turn(ada, outbound)
        stands += here.db.execute("SELECT outbound FROM outbox.switch").fetchall()
        here.move(ada, LONG_AGO)

    assert stands == [(True,), (False,), (False,)]
    assert ada.is_in()
