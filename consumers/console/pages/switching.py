"""The one switch."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse

from consumers.console.parts import Here
from consumers.console.people import SignedIn
from outbox.desk import Desk, Outbound

router = APIRouter()


@router.post("/outbound")
def flip(
    parts: Here, person: SignedIn, outbound: Annotated[Outbound, Form()]
) -> RedirectResponse:
    """Turn sending on or off; on only who has signed in lately."""
    if outbound is Outbound.ON:
        person.check_fresh()
    with parts.writing() as connection:
        Desk(connection, actor=person.name).flip(outbound)
    return RedirectResponse("/system", HTTPStatus.SEE_OTHER)
