"""Whoever only asks changes nothing: scanners of mails, prefetching browsers, crawlers."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from fastapi import APIRouter
from starlette.routing import Route

from consumers.console.app import PAGES
from outbox.store import Connection
from tests.browser.scene import played
from tests.console.signin.place import Place, place
from tests.console.signin.visitor import Visitor
from tests.roles.digest import Digest

LINK = re.compile(r'(?:href|src|action|hx-get|hx-sse:connect)="([^"]*)"')
ENDLESS = "/events"
FILLED = {"id": "{id}", "n": "1", "k": "1", "version": "1", "which": "approve"}


@pytest.fixture
def here(dsn: str, db: Connection) -> Iterator[Place]:
    with place(dsn, db) as found:
        yield found


def paths(id: int) -> Iterator[str]:
    """Every path of the console, whatever it is for."""
    for page in PAGES:
        router: APIRouter = page.router
        for route in router.routes:
            assert isinstance(route, Route)
            path = re.sub(r"\{(\w+)\}", lambda part: FILLED.get(part[1], "1"), route.path)
            yield path.format(id=id)


def asked(client: httpx.Client, path: str) -> str:
    """What is said to GET, after HEAD."""
    client.head(path)
    with client.stream("GET", path) as answer:
        if path.startswith(ENDLESS):
            return next(answer.iter_text(), "")
        answer.read()
        text = answer.text if "html" in answer.headers.get("content-type", "") else ""
        return f'{text} href="{answer.headers.get("location", "")}"'


def crawled(client: httpx.Client, origin: str, begun: list[str]) -> set[str]:
    """Every address that is found, from page to page."""
    found, left = set(begun), list(begun)
    while left:
        path = left.pop()
        for link in LINK.findall(asked(client, path)):
            there = urlsplit(urljoin(origin + path, html.unescape(link)))
            next_path = f"{there.path}?{there.query}" if there.query else there.path
            if f"{there.scheme}://{there.netloc}" == origin and next_path not in found:
                found.add(next_path)
                left.append(next_path)
    return found


def client_of(visitor: Visitor) -> httpx.Client:
    held = "; ".join(f"{name}={value}" for name, value in visitor.cookies.items())
    headers = {"cookie": held, "accept": "text/html"}
    return httpx.Client(base_url=visitor.origin, headers=headers, timeout=30)


@pytest.mark.parametrize("who", ["ada", "nobody"])
def test_asking_for_every_address_changes_nothing(
    here: Place, db: Connection, who: str
) -> None:
    scene = played(db)
    token = here.ticket("bob")
    visitor = here.signed_in("ada") if who == "ada" else here.visitor()
    ids = (scene.awaiting[0].id, scene.sent.id)
    begun = [f"/signin/once?token={token}", *(path for id in ids for path in paths(id))]
    before = Digest(db).taken()

    with client_of(visitor) as client:
        found = crawled(client, here.origin, list(dict.fromkeys(begun)))

    assert Digest(db).taken() == before
    assert len(found) > (60 if who == "ada" else 30), sorted(found)
    assert {f"/intents/{scene.sent.id}/approve", "/outbound"} <= found
