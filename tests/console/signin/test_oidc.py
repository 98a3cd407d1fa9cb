"""Signing in at a provider: what of its word is believed, and from which browser."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from typing import Any

import httpx
import pytest

from consumers.console.signin.opening import LEAVING, SESSION
from consumers.console.signin.provider import Provider as Known
from consumers.console.signin.ways import CALLBACK, Ways
from outbox.people import accounts
from outbox.store import Connection, connect
from tests.console.signin.place import Place, emptied, place
from tests.console.signin.visitor import Visitor
from tests.parts import provider as parts
from tests.parts.provider import CLIENT, SECRET, Provider, signed

NOW = int(time.time())
ELSEWHERE = {"sec-fetch-site": "cross-site"}


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with parts.provider() as one:
        yield one


@pytest.fixture(scope="module")
def console_of_a_file(server_dsn: str, template: str, provider: Provider) -> Iterator[Place]:
    from deploy.local.databases import temporary_database

    with (
        temporary_database(server_dsn, template=template) as dsn,
        connect(dsn, application="tests") as db,
        place(dsn, db, lambda origin: ways(provider.issuer, origin)) as one,
    ):
        yield one


@pytest.fixture
def here(console_of_a_file: Place, provider: Provider) -> Place:
    emptied(console_of_a_file.db)
    fresh = Provider(provider.issuer)
    for name in ("claims", "document", "sign", "status", "asked", "codes"):
        setattr(provider, name, getattr(fresh, name))
    return console_of_a_file


def ways(issuer: str, origin: str, **change: Any) -> Ways:
    known = {
        "issuer": issuer,
        "client": CLIENT,
        "secret": SECRET,
        "callback": f"{origin}{CALLBACK}",
        "name": "email",
        "allowed": frozenset({"@example.com", "reviewers"}),
    }
    return Ways(provider=Known(**{**known, **change}))


def left(visitor: Visitor, next: str = "/sent", **form: str) -> str:
    """Where this browser is sent, once the provider has sent it back."""
    page = visitor.post("/signin/oidc", {"next": next, **form})
    assert page.status_code == 200, page.text
    [(there)] = re.findall(r'<a href="(http://127[^"]*)"', page.text)
    assert page.headers["refresh"] == f"0; url={unescape(there)}"
    with httpx.Client(verify=False) as browser:
        back = browser.get(unescape(there)).headers["location"]
    assert back.startswith(f"{visitor.origin}{CALLBACK}?")
    return str(back.removeprefix(visitor.origin))


def through(here: Place, **form: str) -> tuple[Visitor, httpx.Response]:
    visitor = here.visitor()
    return visitor, visitor.get(left(visitor, **form), **ELSEWHERE)


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


WRONG_CLAIMS: dict[str, dict[str, Any]] = {
    "of another nonce": {"nonce": "x"},
    "of no nonce": {"nonce": None},
    "for another client": {"aud": "others"},
    "for others too, by another": {"aud": [CLIENT, "others"], "azp": "others"},
    "for others too, by nobody": {"aud": [CLIENT, "others"]},
    "for nobody": {"aud": None},
    "of another issuer": {"iss": "https://evil.example"},
    "of no issuer": {"iss": None},
    "too old": {"exp": NOW - 3600, "iat": NOW - 7200},
    "for ever": {"exp": None},
    "of nobody": {"sub": None},
    "from the future": {"iat": NOW + 86400, "exp": NOW + 90000},
    "not yet": {"nbf": NOW + 86400},
    "of another access token": {"at_hash": "x"},
    "of an email that nobody has verified": {"email_verified": False},
    "of an email that is said to be verified": {"email_verified": "true"},
    "of no email": {"email": None},
    "of a list of emails": {"email": ["ada@example.com"]},
    "of an empty email": {"email": ""},
    "of an email that one cannot see": {"email": "ada\u202e@example.com"},
    "of somebody elsewhere": {"email": "ada@example.org"},
    "of somebody at a longer name": {"email": "ada@evil-example.com"},
    "of somebody with two names": {"email": "ada@example.com@example.org"},
    "of a group that is called like a domain": {"email": None, "groups": ["@example.com"]},
    "of a group of everybody": {"email": "a@b.example", "groups": ["*"]},
}


@pytest.mark.parametrize("claims", WRONG_CLAIMS.values(), ids=WRONG_CLAIMS)
def test_claims_that_are_not_of_this_sign_in_let_nobody_in(
    here: Place, provider: Provider, claims: dict[str, Any]
) -> None:
    provider.claims = claims

    visitor, answer = through(here)

    assert answer.status_code == 403
    assert SESSION not in visitor.cookies
    assert not visitor.is_in()


FORGED = {
    "of no algorithm": parts.unsigned,
    "signed with another key": lambda said: signed(said, by="others"),
    "signed with a key that is not there": lambda said: signed(said, by="others", kid="x"),
    "signed with the secret of the client": parts.signed_with_the_clients_secret,
    "signed with the public key": parts.signed_with_the_public_key,
    "whose signature is left out": lambda said: signed(said).rpartition(".")[0] + ".",
    "no token": lambda _: "x",
    "nothing": lambda _: "",
}


@pytest.mark.parametrize("sign", FORGED.values(), ids=FORGED)
def test_what_the_provider_has_not_signed_lets_nobody_in(
    here: Place, provider: Provider, sign: Any
) -> None:
    provider.sign = sign

    visitor, answer = through(here)

    assert answer.status_code == 403
    assert not visitor.is_in()


@pytest.mark.parametrize(
    "document",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://evil.example/token"},
        {"jwks_uri": "http://evil.example/keys"},
        {"authorization_endpoint": "http://evil.example/authorize"},
        {"token_endpoint": None},
        {"authorization_endpoint": "javascript:alert(1)"},
    ],
    ids=str,
)
def test_a_provider_that_points_elsewhere_is_not_followed(
    here: Place, provider: Provider, document: dict[str, Any]
) -> None:
    visitor = here.visitor()
    back = left(visitor)
    provider.document = document

    leaving, coming = here.visitor().post("/signin/oidc"), visitor.get(back)

    assert (leaving.status_code, coming.status_code) == (403, 403)
    assert not visitor.is_in()


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
    provider.claims = {"auth_time": NOW - 86400}
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
