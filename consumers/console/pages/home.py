"""Where one begins: with what is stranded, if there is something."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter
from fastapi.responses import RedirectResponse

from consumers.console.parts import Look
from consumers.console.people import SignedIn
from outbox.screens.numbers import numbers

router = APIRouter()


@router.get("/")
def home(look: Look, _: SignedIn) -> RedirectResponse:
    return RedirectResponse(
        "/stranded" if numbers(look).stranded else "/review", HTTPStatus.SEE_OTHER
    )
