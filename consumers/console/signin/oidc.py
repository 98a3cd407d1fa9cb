"""Leaving for the provider, and coming back.

Both pages send the browser on by themselves instead of redirecting it: a form may lead to
this console only, and whoever the provider redirects brings no cookie that is `Strict` along.
"""

from __future__ import annotations

import secrets
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, Response

from consumers.console.page import drawn
from consumers.console.parts import Here, Parts
from consumers.console.signin.opening import LEAVING, forget, keep, open_session
from consumers.console.signin.page import Next
from consumers.console.signin.paths import HOME, local
from consumers.console.signin.provider import Provider
from consumers.console.signin.ways import CALLBACK
from outbox.errors import NotAllowed, NotFound
from outbox.people import sessions
from outbox.people.sessions import Way

router = APIRouter()

Told = Annotated[str, Query(max_length=4000)]
_AGAIN = "begin at the page where people sign in"


@router.post("/signin/oidc")
def leave(
    request: Request, parts: Here, next: Next = HOME, fresh: Annotated[bool, Form()] = False
) -> Response:
    """Send this browser to the provider."""
    provider = _provider(parts)
    browser, state = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    with parts.writing() as connection:
        sessions.begin_oidc(connection, _together(state, browser), local(next))
    response = _onwards(request, provider.leave(browser, state, fresh=fresh))
    response.set_cookie(
        LEAVING, browser, max_age=600, secure=True, httponly=True, samesite="lax"
    )
    return response


@router.get(CALLBACK)
def come_back(
    request: Request, parts: Here, state: Told, code: Told = "", iss: Told = ""
) -> Response:
    """Sign in whom the provider has sent back, if this browser left, once.

    The one thing here that is done by GET, since the provider redirects.
    """
    provider, browser = _provider(parts), request.cookies.get(LEAVING, "")
    with parts.writing() as connection:
        next = sessions.end_oidc(connection, _together(state, browser))
    if next is None or not browser:
        raise NotAllowed("this browser has not left for the provider, or long ago", hint=_AGAIN)
    if not code or iss not in ("", provider.issuer):
        raise NotAllowed("the provider has not signed you in", hint=_AGAIN)
    found = provider.come_back(browser, code)
    with parts.writing() as connection:
        secret = open_session(
            request, connection, found.name, Way.OIDC, fresh_at=found.fresh_at
        )
    response = _onwards(request, next)
    keep(response, parts, secret)
    forget(response, LEAVING)
    return response


def _provider(parts: Parts) -> Provider:
    if parts.ways.provider is None:
        raise NotFound("no provider is configured", hint="HOLDSHORT_OIDC_ISSUER=https://...")
    return parts.ways.provider


def _together(state: str, browser: str) -> str:
    """Neither is of use without the other."""
    return f"{state} {browser}"


def _onwards(request: Request, where: str) -> HTMLResponse:
    response = drawn(request, "signin/onwards.html", HTTPStatus.OK, where=where)
    response.headers["Refresh"] = f"0; url={where}"
    return response
