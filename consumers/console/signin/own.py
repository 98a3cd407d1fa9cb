"""One's own sessions: in which browsers one is signed in, and an end to it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import HTMLResponse, RedirectResponse

from consumers.console.page import Drawing
from consumers.console.parts import Here
from consumers.console.people import SignedIn
from outbox.errors import NotFound
from outbox.people import sessions

router = APIRouter()

PAGE = "/signin/sessions"


@router.get(PAGE)
def mine(draw: Drawing) -> HTMLResponse:
    """Where one is signed in, this browser too."""
    found = sessions.sessions(draw.look, person=draw.person.name)
    return draw("signin/sessions.html", sessions=found)


@router.post(PAGE + "/others/revoke")
def revoke_others(parts: Here, person: SignedIn) -> RedirectResponse:
    """End all but this one."""
    with parts.writing() as connection:
        sessions.end(connection, actor=person.name, person=person.name, but=person.session)
    return RedirectResponse(PAGE, HTTPStatus.SEE_OTHER)


@router.post(PAGE + "/{id}/revoke")
def revoke(
    parts: Here, person: SignedIn, id: Annotated[int, Path(ge=1, lt=2**63)]
) -> RedirectResponse:
    """End one of one's own."""
    with parts.writing() as connection:
        ended = sessions.end(connection, actor=person.name, id=id, person=person.name)
    if not ended:
        raise NotFound(f"{id} is no session of yours", hint="look again at your sessions")
    return RedirectResponse(PAGE, HTTPStatus.SEE_OTHER)
