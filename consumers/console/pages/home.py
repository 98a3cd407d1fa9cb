"""Where one begins: with what is stranded, if there is something."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

from consumers.console.parts import Look
from consumers.console.people import SignedIn
from outbox import queries
from outbox.lifecycle import State

router = APIRouter()


@router.get("/")
def home(look: Look, _: SignedIn) -> RedirectResponse:
    stranded = any(one.state == State.STRANDED for one in queries.waiting(look))
    return RedirectResponse("/stranded" if stranded else "/review", HTTPStatus.SEE_OTHER)
