"""Signing in with a password."""

from __future__ import annotations

import statistics
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from consumers.console.signin import passwords
from consumers.console.signin.opening import SESSION
from outbox.errors import Conflict
from outbox.people import accounts
from tests.console.signin.place import OTHER, PASSWORD, Place, hashed

BY_NAME, BY_ADDRESS = 10, 30
LATER = "UPDATE outbox.password_try SET at = at - interval '15 minutes'"


def tried(here: Place, name: str, password: str = OTHER) -> int:
    return here.visitor().post("/signin", {"name": name, "password": password}).status_code


def test_a_person_signs_in_with_their_password(here: Place) -> None:
    here.add("ada")

    visitor = here.visitor()
    answer = visitor.post("/signin", {"name": "ada", "password": PASSWORD, "next": "/sent"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/sent")
    assert visitor.is_in()


def test_the_page_offers_a_password_only_where_somebody_has_one(here: Place) -> None:
    before = here.visitor().get("/signin")
    here.add("ada")
    after = here.visitor().get("/signin")

    assert ('type="password"' in before.text, 'type="password"' in after.text) == (False, True)
    assert "holdshort signin" in before.text


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("ada", OTHER),
        ("ada", PASSWORD + " "),
        ("ada", PASSWORD.upper()),
        ("eve", PASSWORD),
        ("ada' OR true --", PASSWORD),
        ("%", PASSWORD),
        ("bob", PASSWORD),
    ],
)
def test_nobody_else_is_let_in(here: Place, name: str, password: str) -> None:
    here.add("ada")
    here.add("bob", OTHER)

    visitor = here.with_password(name, password)

    assert visitor.cookies == {}
    assert not visitor.is_in()


def test_whose_name_it_is_does_not_depend_on_how_it_is_spelled(here: Place) -> None:
    here.add("Ada")

    visitor = here.with_password("aDA")

    assert visitor.is_in()
    assert here.db.execute("SELECT person FROM outbox.session").fetchall() == [("Ada",)]
    with pytest.raises(Conflict):
        here.add("ADA", OTHER)


def test_what_is_wrong_is_not_told(here: Place) -> None:
    here.add("ada")
    here.add("bob")
    accounts.disable(here.db, "bob", actor="olga")

    answers = [
        here.visitor().post("/signin", {"name": name, "password": OTHER})
        for name in ("ada", "bob", "nobody")
    ]
    answers.append(here.visitor().post("/signin", {"name": "bob", "password": PASSWORD}))

    told = {(one.status_code, _without_nonces(one.text)) for one in answers}
    assert [status for status, _ in told] == [403]


def test_a_name_that_is_known_is_not_told_by_the_time_it_takes(here: Place) -> None:
    known, unknown = [], []
    passwords.is_right(None, OTHER)

    for _ in range(7):
        known.append(_seconds(hashed(PASSWORD)))
        unknown.append(_seconds(None))

    ratio = statistics.median(known) / statistics.median(unknown)
    assert 1 / 3 < ratio < 3, (known, unknown)


def test_after_ten_wrong_passwords_a_name_waits(here: Place) -> None:
    here.add("ada")
    for _ in range(BY_NAME):
        assert tried(here, "ada") == 403

    assert tried(here, "ADA", PASSWORD) == 429
    assert tried(here, "bob") == 403
    here.db.execute(LATER)
    assert tried(here, "ada", PASSWORD) == 303


def test_it_waits_whether_or_not_anybody_is_called_so(here: Place) -> None:
    for _ in range(BY_NAME):
        assert tried(here, "nobody") == 403

    assert tried(here, "nobody") == 429


def test_after_thirty_wrong_passwords_an_address_waits(here: Place) -> None:
    here.add("ada")
    here.db.execute(
        "INSERT INTO outbox.password_try (name, address)"
        " SELECT int4send(n), '127.0.0.1' FROM generate_series(1, %s) AS n",
        (BY_ADDRESS,),
    )

    assert tried(here, "ada", PASSWORD) == 429


def test_who_signs_in_in_between_gets_no_more_tries_for_it(here: Place) -> None:
    here.add("ada")
    here.add("eve", OTHER)
    for _ in range(BY_NAME):
        tried(here, "ada")
        assert tried(here, "eve", OTHER) == 303

    assert tried(here, "ada", PASSWORD) == 429


def test_a_hundred_guesses_at_once_are_ten_guesses(here: Place) -> None:
    here.add("ada")

    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: tried(here, "ada"), range(40)))

    assert sorted(answers) == [403] * BY_NAME + [429] * 30


def test_a_right_password_is_no_try(here: Place) -> None:
    here.add("ada")
    for _ in range(BY_NAME + 1):
        assert tried(here, "ada", PASSWORD) == 303


def test_a_password_that_was_typed_as_a_name_is_not_kept(here: Place) -> None:
    tried(here, PASSWORD)

    [kept] = here.db.execute("SELECT t::text FROM outbox.password_try AS t").fetchall()

    assert PASSWORD not in str(kept)
    assert here.db.execute("SELECT octet_length(name) FROM outbox.password_try").fetchone() == (
        4,
    )


def _seconds(hash: str | None) -> float:
    begun = time.perf_counter()
    passwords.is_right(hash, OTHER)
    return time.perf_counter() - begun


def _without_nonces(page: str) -> str:
    nonce = page.partition('nonce="')[2].partition('"')[0]
    return page.replace(nonce, "")


def test_no_cookie_is_given_to_who_is_refused(here: Place) -> None:
    here.add("ada")

    refused = here.with_password("ada", OTHER)

    assert SESSION not in refused.cookies
