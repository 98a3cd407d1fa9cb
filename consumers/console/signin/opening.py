"""A session: opened, with the cookie for it, and found again by that cookie."""

from __future__ import annotations

import datetime as dt
import secrets
from http import HTTPStatus

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from consumers.console.parts import Parts, parts_of
from consumers.console.people import Person
from consumers.console.signin.paths import local
from outbox.errors import NotAllowed
from outbox.people import sessions
from outbox.people.sessions import Opening, Way
from outbox.store import Connection

SESSION, LEAVING = "__Host-holdshort", "__Host-holdshort-oidc"
"""Cookies: who is signed in; and who has left for the provider, which must come along when the
provider sends them back, so it is `Lax`.  Browsers take localhost for as good as TLS."""
_BROWSERS = ("Edg", "OPR", "Firefox", "Chrome", "Safari")
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux")
_NAMES = {"Edg": "Edge", "OPR": "Opera", "Mac OS X": "macOS"}


def who(request: Request) -> Person | None:
    """Who is signed in in this browser."""
    parts, secret = parts_of(request), request.cookies.get(SESSION, "")
    if not secret:
        return None
    with parts.reads.connect() as look:
        found = sessions.live(look, secret)
    if found is None:
        return None
    if found.way is Way.PROXY and parts.ways.proxies.vouched(request) != found.person:
        return None  # it is the proxy that knows whether they are still there
    if found.stale:
        with parts.writing() as connection:
            sessions.seen(connection, found.id, fresh=False)
    return Person(name=found.person, session=found.id, fresh_at=found.fresh_at)


def open_session(
    request: Request,
    connection: Connection,
    person: str,
    way: Way,
    *,
    fresh_at: dt.datetime | None = None,
    passed: int | None = None,
) -> str:
    """Sign somebody in under a new secret, and give it back.

    Without `fresh_at` they have proved just now who they are.  Raises `NotAllowed`.
    """
    ways, secret = parts_of(request).ways, secrets.token_urlsafe(32)
    opening = Opening(
        person=person,
        way=way,
        agent=browser(request.headers.get("user-agent", "")),
        idle=ways.idle,
        lasts=ways.lasts,
        fresh_at=fresh_at or dt.datetime.now(dt.UTC),
    )
    replaces = request.cookies.get(SESSION, "")
    opened = sessions.open_session(
        connection, secret, opening, replaces=replaces, passed=passed
    )
    if opened is None:
        raise NotAllowed(f"{person} may not sign in any more", hint="holdshort account list")
    return secret


def onwards(parts: Parts, secret: str, next: str) -> Response:
    """To where somebody wanted to go, signed in."""
    response = RedirectResponse(local(next), HTTPStatus.SEE_OTHER)
    keep(response, parts, secret)
    return response


def keep(response: Response, parts: Parts, secret: str) -> None:
    """Let the browser hold the secret of its session; no page of another site sends it."""
    response.set_cookie(
        SESSION,
        secret,
        max_age=int(parts.ways.lasts.total_seconds()),
        secure=True,
        httponly=True,
        samesite="strict",
    )


def forget(response: Response, cookie: str) -> None:
    """Take a cookie back."""
    response.delete_cookie(cookie, secure=True, httponly=True)


def browser(agent: str) -> str:
    """`Firefox on Linux`, as far as it says."""
    name, system = (
        next((_NAMES.get(one, one) for one in known if one in agent), "")
        for known in (_BROWSERS, _SYSTEMS)
    )
    return " on ".join(filter(None, (name, system))) or "another program"
