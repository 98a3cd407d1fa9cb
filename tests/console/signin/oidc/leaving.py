"""A browser leaves for the provider, and comes back."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import httpx

from consumers.console.signin.provider import Provider as Known
from consumers.console.signin.ways import CALLBACK, Ways
from tests.console.signin.place import Place
from tests.console.signin.visitor import Visitor
from tests.parts.provider import CLIENT, SECRET

ELSEWHERE = {"sec-fetch-site": "cross-site"}


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
