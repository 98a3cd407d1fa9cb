"""The page where people sign in: with a password, by a link, or as a proxy says."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from consumers.console.page import drawn
from consumers.console.parts import Here, Parts
from consumers.console.signin import passwords
from consumers.console.signin.opening import SESSION, forget, onwards, open_session, who
from consumers.console.signin.paths import HOME, local
from outbox.errors import NotAllowed
from outbox.people import accounts, sessions
from outbox.people.sessions import NEVER, Way

router = APIRouter()

Next = Annotated[str, Form(max_length=2000)]
Secret = Annotated[str, Form(max_length=passwords.LONGEST)]
ONCE_MORE = "this link was used, or it is too old, or nobody gave it out"


@router.get("/signin")
def ways(
    request: Request, parts: Here, next: str = HOME, fresh: Annotated[bool, Query()] = False
) -> HTMLResponse:
    """The ways there are."""
    return _page(request, parts, next, fresh=fresh)


@router.post("/signin")
def password(
    request: Request,
    parts: Here,
    name: Annotated[str, Form(max_length=200)],
    password: Secret,
    next: Next = HOME,
) -> Response:
    """Sign in with a password.  Whatever is wrong, the answer is the same."""
    with parts.writing() as connection:
        tried = sessions.try_password(connection, name, parts.ways.proxies.address(request))
    if tried is None:
        why = "too many passwords were wrong: try again in 15 minutes, or ask for a link"
        return _page(request, parts, next, why=why, status=HTTPStatus.TOO_MANY_REQUESTS)
    if not passwords.is_right(tried.hash, password) or tried.person is None:
        why = "this is not a name and its password"
        return _page(request, parts, next, why=why, status=HTTPStatus.FORBIDDEN)
    with parts.writing() as connection:
        secret = open_session(
            request, connection, tried.person, Way.PASSWORD, passed=tried.number
        )
    return onwards(parts, secret, next)


@router.get("/signin/once")
def link(request: Request, token: Annotated[str, Query(max_length=100)]) -> HTMLResponse:
    """What a link opens: a button.  Whoever looks at links before people do uses none up."""
    return drawn(request, "signin/once.html", HTTPStatus.OK, token=token)


@router.post("/signin/once")
def once(
    request: Request, parts: Here, token: Annotated[str, Form(max_length=100)]
) -> Response:
    """Sign in with a link, once."""
    with parts.writing() as connection, connection.transaction():
        person = sessions.use_ticket(connection, token)
        if person is None:
            raise NotAllowed(ONCE_MORE, hint="ask for another: holdshort signin NAME --by NAME")
        secret = open_session(request, connection, person, Way.ONCE)
    return onwards(parts, secret, HOME)


@router.post("/signin/proxy")
def proxy(request: Request, parts: Here, next: Next = HOME) -> Response:
    """Sign in as whom our proxy says.  When they proved that to it, nobody here knows."""
    person = parts.ways.proxies.vouched(request)
    if person is None:
        raise NotAllowed("no proxy of ours says who you are", hint="see: holdshort settings")
    with parts.writing() as connection:
        secret = open_session(request, connection, person, Way.PROXY, fresh_at=NEVER)
    return onwards(parts, secret, next)


@router.post("/signout")
def sign_out(request: Request, parts: Here) -> Response:
    """End the session of this browser."""
    person = who(request)
    if person is not None:
        with parts.writing() as connection:
            sessions.end(connection, actor=person.name, id=person.session)
    response = RedirectResponse("/signin", HTTPStatus.SEE_OTHER)
    forget(response, SESSION)
    return response


def _page(
    request: Request,
    parts: Parts,
    next: str,
    *,
    fresh: bool = False,
    why: str = "",
    status: int = HTTPStatus.OK,
) -> HTMLResponse:
    with parts.reads.connect() as look:
        stands = any(one.disabled_at is None for one in accounts.accounts(look))
    values = {
        "provider": parts.ways.provider,
        "vouched": parts.ways.proxies.vouched(request),
        "passwords": stands,
    }
    return drawn(
        request, "signin/ways.html", status, next=local(next), fresh=fresh, why=why, **values
    )
