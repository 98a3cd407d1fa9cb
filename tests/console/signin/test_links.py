"""Links that sign somebody in once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from consumers.console.signin.opening import SESSION
from outbox.people import accounts, digest_of
from tests.console.signin.place import Place


def test_a_link_signs_its_person_in(here: Place) -> None:
    visitor = here.signed_in("ada")

    page = visitor.get("/signin/sessions")

    assert page.status_code == 200
    assert "ada" in page.text


def test_whoever_only_opens_a_link_uses_nothing_up(here: Place) -> None:
    token = here.ticket("ada")
    scanner, ada = here.visitor(), here.visitor()

    for _ in range(3):
        looked = scanner.get(f"/signin/once?token={token}")
        assert (looked.status_code, scanner.cookies) == (200, {})
    used = ada.post("/signin/once", {"token": token})

    assert (used.status_code, used.headers["location"]) == (303, "/")
    assert ada.is_in()


def test_a_link_is_of_no_use_a_second_time(here: Place) -> None:
    token = here.ticket("ada")
    here.visitor().post("/signin/once", {"token": token})

    thief = here.visitor()
    again = thief.post("/signin/once", {"token": token})

    assert (again.status_code, thief.cookies) == (403, {})


def test_of_twenty_at_once_one_is_let_in(here: Place) -> None:
    token = here.ticket("ada")
    visitors = [here.visitor() for _ in range(20)]

    with ThreadPoolExecutor(20) as pool:
        answers = list(
            pool.map(lambda one: one.post("/signin/once", {"token": token}), visitors)
        )

    assert sorted(one.status_code for one in answers) == [303] + [403] * 19
    assert sum(SESSION in one.cookies for one in visitors) == 1
    assert here.db.execute("SELECT count(*) FROM outbox.session").fetchone() == (1,)


def test_a_link_that_is_too_old_lets_nobody_in(here: Place) -> None:
    token = here.ticket("ada")
    here.past(
        "ticket",
        "made_at = made_at - interval '11 minutes',"
        " expires_at = expires_at - interval '11 minutes'",
        digest_of(token),
    )

    late = here.visitor()

    assert late.post("/signin/once", {"token": token}).status_code == 403
    assert not late.is_in()


@pytest.mark.parametrize("token", ["", "x", "' OR true --", "\x00", "é" * 40, "a" * 100])
def test_a_token_that_nobody_gave_out_lets_nobody_in(here: Place, token: str) -> None:
    here.ticket("ada")
    visitor = here.visitor()

    assert visitor.post("/signin/once", {"token": token}).status_code in (403, 422)
    assert not visitor.is_in()


def test_a_link_for_whom_nobody_lets_in_any_more_is_of_no_use(here: Place) -> None:
    here.add("ada")
    token = here.ticket("ada")
    accounts.disable(here.db, "ada", actor="olga")

    visitor = here.visitor()

    assert visitor.post("/signin/once", {"token": token}).status_code == 403
    assert not visitor.is_in()


def test_what_the_database_keeps_of_a_link_or_a_session_signs_nobody_in(here: Place) -> None:
    token = here.ticket("ada")
    visitor = here.signed_in("bob")
    [(ticket,)] = here.db.execute("SELECT hash FROM outbox.ticket WHERE used_at IS NULL")
    [(session,)] = here.db.execute("SELECT hash FROM outbox.session")

    assert visitor.cookies[SESSION].encode() not in session
    for stolen in (ticket.hex(), session.hex()):
        thief = here.visitor()
        thief.post("/signin/once", {"token": stolen})
        thief.cookies[SESSION] = stolen
        assert not thief.is_in()
    assert token.encode() not in ticket
