"""Signing in at a provider: who has left comes back, in the same browser, once."""

from __future__ import annotations

import re
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from consumers.console.signin.opening import LEAVING
from consumers.console.signin.ways import CALLBACK
from outbox.people import accounts
from outbox.store import Connection
from tests.console.signin.oidc.leaving import ELSEWHERE, left, through
from tests.console.signin.place import Place, place
from tests.parts.provider import Provider


def test_who_signs_in_there_is_signed_in_here(here: Place, provider: Provider) -> None:
    visitor, answer = through(here)

    assert answer.status_code == 200
    assert answer.headers["refresh"] == "0; url=/sent"
    assert visitor.is_in()
    assert LEAVING not in visitor.cookies
    who = "SELECT person, way, fresh_at < '1971-01-01' FROM outbox.session"
    assert here.db.execute(who.encode()).fetchall() == [("ada@example.com", "oidc", True)]
    [asked] = provider.asked
    assert (asked["response_type"], asked["code_challenge_method"]) == ("code", "S256")
    assert asked["scope"] == "openid email profile"


def test_the_cookie_of_who_has_left_comes_along_when_they_are_sent_back(here: Place) -> None:
    visitor = here.visitor()
    left(visitor)

    cookie = visitor.set[LEAVING]

    assert (cookie["samesite"], cookie["secure"], cookie["httponly"]) == ("lax", True, True)
    assert cookie["max-age"] == "600"


def test_a_browser_that_has_not_left_is_not_signed_in(here: Place) -> None:
    ada, eve = here.visitor(), here.visitor()
    back = left(ada)

    stolen = eve.get(back, **ELSEWHERE)

    assert stolen.status_code == 403
    assert not eve.is_in()


def test_nobody_is_signed_in_as_somebody_else_by_a_link_to_come_back(here: Place) -> None:
    eve, ada = here.visitor(), here.visitor()
    of_eve = left(eve)
    left(ada)

    answer = ada.get(of_eve, **ELSEWHERE)

    assert answer.status_code == 403
    assert not ada.is_in()


def test_one_comes_back_once(here: Place) -> None:
    visitor = here.visitor()
    back = left(visitor)
    thief = visitor.copy()
    visitor.get(back)

    again = thief.get(back)

    assert again.status_code == 403
    assert not thief.is_in()
    assert visitor.is_in()


def test_of_ten_that_come_back_at_once_one_is_let_in(here: Place) -> None:
    visitor = here.visitor()
    back = left(visitor)
    same = [visitor.copy() for _ in range(10)]

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda one: one.get(back).status_code, same))

    assert sorted(answers) == [200] + [403] * 9


def test_who_comes_back_too_late_is_not_let_in(here: Place) -> None:
    visitor = here.visitor()
    back = left(visitor)
    here.db.execute("UPDATE outbox.oidc_request SET expires_at = now()")

    assert visitor.get(back).status_code == 403
    assert not visitor.is_in()


@pytest.mark.parametrize(
    "change",
    [
        (r"code=[^&]*", "code=x"),
        (r"code=[^&]*", "error=access_denied"),
        (r"state=[^&]*", "state=x"),
        (r"state=[^&]*", "state="),
        (r"iss=[^&]*", "iss=https%3A%2F%2Fevil.example"),
    ],
    ids=str,
)
def test_what_was_changed_on_the_way_back_lets_nobody_in(
    here: Place, change: tuple[str, str]
) -> None:
    visitor = here.visitor()
    back = left(visitor)

    answer = visitor.get(re.sub(*change, back))

    assert answer.status_code == 403
    assert not visitor.is_in()


def test_a_code_that_was_for_another_browser_is_of_no_use(here: Place) -> None:
    """PKCE: the verifier is of the browser that left."""
    eve, ada = here.visitor(), here.visitor()
    code = re.search(r"code=([^&]*)", left(ada))
    assert code is not None

    answer = eve.get(re.sub(r"code=[^&]*", f"code={code[1]}", left(eve)))

    assert answer.status_code == 403
    assert not eve.is_in()


def test_a_provider_that_does_not_answer_is_no_word_of_it(
    here: Place, provider: Provider
) -> None:
    provider.status = 500

    visitor, answer = through(here)

    assert answer.status_code == 403
    assert not visitor.is_in()


def test_a_group_lets_its_people_in_by_the_claim_that_names_them(
    here: Place, provider: Provider
) -> None:
    provider.claims = {"email": "eve@elsewhere.example", "groups": ["x", "reviewers"]}

    visitor, _ = through(here)

    assert visitor.is_in()


def test_who_is_shut_out_here_is_not_let_in_by_the_provider(here: Place) -> None:
    here.add("Ada@Example.com")
    accounts.disable(here.db, "ada@example.com", actor="olga")

    visitor, answer = through(here)

    assert answer.status_code == 403
    assert not visitor.is_in()


def test_who_is_asked_anew_is_as_fresh_as_the_provider_says(
    here: Place, provider: Provider
) -> None:
    visitor, _ = through(here, fresh="true")
    [asked] = provider.asked
    provider.claims = {"auth_time": int(time.time()) - 86400}
    old, _ = through(here, fresh="true")

    assert (asked["prompt"], asked["max_age"]) == ("login", "0")
    assert visitor.is_in()
    assert old.is_in()
    ages = "SELECT now() - fresh_at < '1 minute' FROM outbox.session ORDER BY id"
    assert here.db.execute(ages.encode()).fetchall() == [(True,), (False,)]


def test_nobody_is_sent_elsewhere_by_way_of_the_provider(here: Place) -> None:
    visitor = here.visitor()

    answer = visitor.get(left(visitor, next="//evil.example"))

    assert answer.headers["refresh"] == "0; url=/"


def test_where_no_provider_is_configured_nobody_comes_from_one(
    dsn: str, db: Connection
) -> None:
    with place(dsn, db) as one:
        assert one.visitor().post("/signin/oidc").status_code == 404
        assert one.visitor().get(f"{CALLBACK}?code=x&state=x").status_code == 404
