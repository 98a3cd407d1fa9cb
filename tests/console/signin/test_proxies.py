"""What a reverse proxy says of who asks, and who may play one."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network

import pytest
from fastapi import Request

from consumers.console.signin.proxies import Proxies
from consumers.console.signin.ways import Ways
from outbox.people import accounts
from outbox.store import connect
from tests.console.signin.place import Place, emptied, place
from tests.console.signin.visitor import Visitor

HEADER = "x-forwarded-user"
OURS = Proxies((ip_network("127.0.0.0/8"), ip_network("fd00::/8")), HEADER)
OTHERS = Proxies((ip_network("10.1.2.0/24"),), HEADER)
SPOOFED = (
    {HEADER: "ada"},
    {HEADER: "ada", "x-forwarded-for": "10.1.2.3"},
    {HEADER: "ada", "x-real-ip": "10.1.2.3", "forwarded": "for=10.1.2.3"},
    {"X_FORWARDED_USER": "ada"},
    {"x-forwarded-email": "ada"},
    {"remote-user": "ada"},
)


@pytest.fixture(scope="module", params=["ours", "others"])
def console_of_a_file(
    server_dsn: str, template: str, request: pytest.FixtureRequest
) -> Iterator[Place]:
    from deploy.local.databases import temporary_database

    proxies = OURS if request.param == "ours" else OTHERS
    with (
        temporary_database(server_dsn, template=template) as dsn,
        connect(dsn, application="tests") as db,
        place(dsn, db, lambda _: Ways(proxies=proxies)) as one,
    ):
        yield one


@pytest.fixture
def here(console_of_a_file: Place) -> Place:
    emptied(console_of_a_file.db)
    return console_of_a_file


only_ours = pytest.mark.parametrize("console_of_a_file", ["ours"], indirect=True)
only_others = pytest.mark.parametrize("console_of_a_file", ["others"], indirect=True)


def by_proxy(here: Place, person: str = "ada") -> Visitor:
    visitor = here.visitor(**{HEADER: person})
    answer = visitor.post("/signin/proxy", {"next": "/sent"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sent"), answer.text
    return visitor


@only_ours
def test_whom_our_proxy_vouches_for_signs_in_with_a_button(here: Place) -> None:
    visitor = here.visitor(**{HEADER: "ada"})

    assert "Go on as ada" in visitor.get("/signin").text
    assert not visitor.is_in()
    assert by_proxy(here).is_in()


@only_ours
def test_what_a_proxy_says_is_never_fresh(here: Place) -> None:
    by_proxy(here)

    assert here.db.execute(
        "SELECT way, fresh_at < '1971-01-01' FROM outbox.session"
    ).fetchall() == [("proxy", True)]


@only_ours
@pytest.mark.parametrize("said", [None, "eve", "", "ada, eve"])
def test_a_session_of_a_proxy_is_of_whom_it_vouches_for_now(
    here: Place, said: str | None
) -> None:
    thief = by_proxy(here)
    del thief._headers[HEADER]

    answer = thief.get("/signin/sessions", **({} if said is None else {HEADER: said}))

    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/signin?")


@only_ours
@pytest.mark.parametrize("said", ["", "ada, eve", "ada\u202eeve", "a" * 201])
def test_a_name_that_nobody_can_have_signs_nobody_in(here: Place, said: str) -> None:
    visitor = here.visitor()

    answer = visitor.post("/signin/proxy", {}, **{HEADER: said})

    assert answer.status_code == 403
    assert not visitor.cookies


@only_ours
def test_a_name_is_read_as_utf_8(here: Place) -> None:
    visitor = here.visitor()
    visitor.post("/signin/proxy", {}, **{HEADER: "Åsa"})

    assert here.db.execute("SELECT person FROM outbox.session").fetchall() == [("Åsa",)]


@only_ours
def test_who_is_shut_out_is_not_let_in_by_a_proxy(here: Place) -> None:
    here.add("ada")
    accounts.disable(here.db, "ada", actor="olga")

    visitor = here.visitor(**{HEADER: "ada"})

    assert visitor.post("/signin/proxy").status_code == 403


@only_others
@pytest.mark.parametrize("headers", SPOOFED, ids=str)
def test_who_is_not_our_proxy_vouches_for_nobody(here: Place, headers: dict[str, str]) -> None:
    visitor = here.visitor(**headers)

    assert visitor.post("/signin/proxy").status_code == 403
    assert "Go on as" not in visitor.get("/signin").text
    assert not visitor.is_in()


@only_others
def test_a_session_of_a_proxy_is_of_no_use_past_it(here: Place) -> None:
    visitor = here.signed_in("ada")
    here.move(visitor, "way = 'proxy'")

    assert visitor.get("/signin/sessions", **{HEADER: "ada"}).status_code == 303


@only_others
def test_nobody_gets_more_tries_by_saying_that_they_are_elsewhere(here: Place) -> None:
    for number in range(12):
        visitor = here.visitor(**{"x-forwarded-for": f"203.0.113.{number}"})
        visitor.post("/signin", {"name": f"n{number}", "password": "x" * 12})

    told = here.db.execute("SELECT DISTINCT address FROM outbox.password_try").fetchall()
    assert told == [("127.0.0.1",)]


def asked(peer: str, *forwarded: str, **headers: str) -> Request:
    named = [(b"x-forwarded-for", one.encode()) for one in forwarded]
    named += [
        (name.replace("_", "-").encode(), said.encode()) for name, said in headers.items()
    ]
    return Request({"type": "http", "client": (peer, 1), "headers": named})


@pytest.mark.parametrize(
    ("said", "address"),
    [
        (("127.0.0.1",), "127.0.0.1"),
        (("127.0.0.1", "203.0.113.7"), "203.0.113.7"),
        (("127.0.0.1", "6.6.6.6, 203.0.113.7"), "203.0.113.7"),
        (("127.0.0.1", "6.6.6.6", "203.0.113.7"), "203.0.113.7"),
        (("::ffff:127.0.0.1", "203.0.113.7"), "203.0.113.7"),
        (("fd00::1", "2001:db8:1:2:3:4:5:6"), "2001:db8:1:2::/64"),
        (("127.0.0.1", "garbage"), "127.0.0.1"),
        (("203.0.113.9", "6.6.6.6"), "203.0.113.9"),
        (("2001:db8::1", "6.6.6.6"), "2001:db8::/64"),
    ],
    ids=str,
)
def test_an_address_is_what_our_own_proxy_has_seen(said: tuple[str, ...], address: str) -> None:
    assert OURS.address(asked(*said)) == address


def test_without_networks_or_a_header_nobody_is_vouched_for() -> None:
    said = asked("127.0.0.1", x_forwarded_user="ada")

    assert OURS.vouched(said) == "ada"
    assert Proxies((), HEADER).vouched(said) is None
    assert Proxies(OURS.networks).vouched(said) is None


def test_two_headers_vouch_for_nobody() -> None:
    request = asked("127.0.0.1", x_forwarded_user="ada")
    request.scope["headers"].append((b"x-forwarded-user", b"eve"))

    assert OURS.vouched(request) is None
