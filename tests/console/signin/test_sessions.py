"""What a session is, and when it ends."""

from __future__ import annotations

import pytest

from consumers.console.signin.opening import SESSION
from outbox.people import accounts
from tests.console.signin.place import OTHER, Place, hashed

PAGE = "/signin/sessions"


def test_who_is_not_signed_in_is_led_to_where_one_signs_in(here: Place) -> None:
    answer = here.visitor().get("/signin/sessions?x=1")

    assert answer.status_code == 303
    assert answer.headers["location"] == "/signin?next=%2Fsignin%2Fsessions%3Fx%3D1"


@pytest.mark.parametrize(
    "headers",
    [{"hx-request": "true"}, {"accept": "application/json"}, {"accept": "text/event-stream"}],
)
def test_a_program_is_told_so_and_not_led_anywhere(
    here: Place, headers: dict[str, str]
) -> None:
    page = f"{here.origin}/intents/7?tab=raw"

    answer = here.visitor().get(PAGE, **{"hx-current-url": page, **headers})

    assert answer.status_code == 401
    assert answer.headers["hx-redirect"] == "/signin?next=%2Fintents%2F7%3Ftab%3Draw"
    assert answer.json()["error"] == "nobody is signed in"


def test_what_another_site_says_it_was_is_not_where_one_goes_on(here: Place) -> None:
    for page in ("https://evil.example/x", f"{here.origin}.evil.example/", "//evil.example"):
        answer = here.visitor().get(PAGE, **{"hx-request": "true", "hx-current-url": page})
        assert answer.headers["hx-redirect"] == "/signin?next=%2F"


def test_the_cookie_is_of_this_host_and_no_script_or_other_site_has_it(here: Place) -> None:
    visitor = here.signed_in()

    cookie = visitor.set[SESSION]

    assert SESSION.startswith("__Host-")
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (
        *(True, True),
        *("strict", "/"),
    )
    assert cookie["domain"] == ""
    assert len(cookie.value) == 43  # 256 bits


def test_signing_in_never_goes_on_with_a_secret_that_somebody_chose(here: Place) -> None:
    here.add("ada")
    planted = "x" * 43
    victim = here.visitor()
    victim.cookies[SESSION] = planted

    victim.post("/signin/once", {"token": here.ticket("ada")})

    thief = here.visitor()
    thief.cookies[SESSION] = planted
    assert victim.is_in()
    assert victim.cookies[SESSION] != planted
    assert not thief.is_in()


def test_whoever_signs_in_again_has_one_session_and_a_new_secret(here: Place) -> None:
    visitor = here.signed_in("ada")
    before = visitor.copy()

    visitor.post("/signin/once", {"token": here.ticket("bob")})

    assert visitor.is_in()
    assert not before.is_in()


def test_who_has_signed_out_is_out_wherever_the_cookie_is(here: Place) -> None:
    visitor = here.signed_in()
    thief = visitor.copy()

    answer = visitor.post("/signout")

    assert (answer.status_code, answer.headers["location"]) == (303, "/signin")
    assert visitor.cookies == {}
    assert not thief.is_in()


def test_signing_out_twice_or_without_a_session_does_no_harm(here: Place) -> None:
    assert here.visitor().post("/signout").status_code == 303


@pytest.mark.parametrize(
    "how",
    [
        "expires_at = now(), began_at = began_at - interval '1 hour'",
        "seen_at = seen_at - idle, fresh_at = fresh_at - idle",
        "revoked_at = now(), revoked_by = 'olga'",
    ],
)
def test_a_session_that_has_ended_lets_nobody_in(here: Place, how: str) -> None:
    visitor = here.signed_in()

    here.move(visitor, how)

    assert not visitor.is_in()


def test_a_session_that_is_used_does_not_end_for_being_idle(here: Place) -> None:
    visitor = here.signed_in()

    for _ in range(3):
        here.move(visitor, "seen_at = seen_at - idle * 0.9, fresh_at = '1970-01-01'")
        assert visitor.is_in()


def test_however_much_it_is_used_a_session_ends(here: Place) -> None:
    visitor = here.signed_in()
    here.move(
        visitor,
        "began_at = began_at - interval '11h', expires_at = expires_at - interval '11h'",
    )
    assert visitor.is_in()

    here.move(
        visitor, "began_at = began_at - interval '1h', expires_at = expires_at - interval '1h'"
    )

    assert not visitor.is_in()


def test_who_is_disabled_is_out_at_once_however_they_got_in(here: Place) -> None:
    here.add("ada")
    by_password, by_link, other = (
        here.with_password("ada"),
        here.signed_in("ada"),
        here.signed_in("bob"),
    )

    accounts.disable(here.db, "ADA", actor="olga")

    assert [one.is_in() for one in (by_password, by_link, other)] == [False, False, True]


def test_a_session_that_was_opened_while_its_person_was_disabled_lets_nobody_in(
    here: Place,
) -> None:
    here.add("ada")
    visitor = here.signed_in("ada")
    accounts.disable(here.db, "ada", actor="olga")

    here.move(visitor, "revoked_at = NULL, revoked_by = NULL")  # as if it had come too late

    assert not visitor.is_in()


def test_who_comes_back_does_not_come_back_into_old_sessions(here: Place) -> None:
    here.add("ada")
    old = here.signed_in("ada")
    accounts.disable(here.db, "ada", actor="olga")

    accounts.add(here.db, "ada", hash=hashed(OTHER), actor="olga")

    assert not old.is_in()
    assert here.with_password("ada", OTHER).is_in()


def test_who_has_signed_in_elsewhere_can_be_shut_out_too(here: Place) -> None:
    visitor = here.signed_in("ada")  # who has no account

    accounts.disable(here.db, "ada", actor="olga")

    assert not visitor.is_in()
    again = here.visitor().post("/signin/once", {"token": here.ticket("ada")})
    assert again.status_code == 403
