"""Several at once: one look at what they have in common, one recorded decision for each."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus
from typing import Annotated

import sqlalchemy
from fastapi import APIRouter, Form, Query
from fastapi.responses import HTMLResponse
from pydantic import StringConstraints

from consumers.approving import Item, approve_each
from consumers.console.bulk import MOST, Alike, Apart, Read, gathered
from consumers.console.opened import opened
from consumers.console.page import Drawing
from consumers.console.pages.deciding import given_by
from consumers.console.pages.item import item_of
from consumers.console.parts import ledger_of
from consumers.console.passkeys.keys import by_device
from outbox.errors import BadSettings, Conflict
from outbox.policy import reading
from outbox.policy.document import Policy

router = APIRouter()

Chosen = Annotated[list[Annotated[int, Query(ge=1, lt=2**63)]], Query(max_length=MOST)]
Line = Annotated[str, StringConstraints(pattern="^[1-9][0-9]{0,17}:[0-9a-f]{64}$")]
Lines = Annotated[list[Line], Form(min_length=1, max_length=MOST)]


@router.get("/bulk")
def bulk(draw: Drawing, id: Chosen) -> HTMLResponse:
    """What was chosen, side by side; nothing is decided yet."""
    alike, apart = _gathered(draw.look, id)
    shown = [one.read.id for one in alike]
    opened(draw.request, draw.parts, draw.look, draw.person.name, shown)
    asks = by_device(draw.parts, draw.person, ledger_of(draw.look))
    return draw("bulk.html", alike=alike, apart=apart, by_device=asks)


@router.post("/bulk/approve")
def approve(draw: Drawing, item: Lines) -> HTMLResponse:
    """Approve each that is still as it was read; say of each what became of it."""
    items = [Item(int(id), digest) for id, _, digest in (one.partition(":") for one in item)]
    if len({one.id for one in items}) != len(items):
        raise BadSettings("an intent is named twice", hint="nothing was done; choose again")
    check_alike(draw.look, [one.id for one in items])
    with draw.parts.writing() as connection:
        outcomes = approve_each(connection, items, given_by(draw.parts, draw.person))
    failed = any(one.error is not None for one in outcomes)
    status = HTTPStatus.CONFLICT if failed else HTTPStatus.OK
    return draw("bulk_done.html", status, outcomes=outcomes)


def check_alike(look: sqlalchemy.Connection, ids: Sequence[int]) -> None:
    """Raise `Conflict` if one look at these is not enough."""
    _, apart = _gathered(look, ids)
    if apart:
        raise Conflict(
            f"intent {apart[0].read.id} is no longer like the others: {apart[0].why}",
            hint="nothing was done; choose again",
        )


def _gathered(
    look: sqlalchemy.Connection, ids: Sequence[int]
) -> tuple[list[Alike], list[Apart]]:
    policy = Policy.model_validate(reading.history(look)[0].document)
    return gathered([_read(look, id) for id in dict.fromkeys(ids)], policy)


def _read(look: sqlalchemy.Connection, id: int) -> Read:
    item = item_of(look, id)
    return Read(
        id=id,
        state=item.intent.state,
        tenant=item.intent.tenant,
        mail=item.artifact,
        manifest=item.manifest,
    )
