"""Whose yes it takes: the policy, and what people have given in advance."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse
from pydantic_core import to_json

from consumers.console.page import Drawing
from consumers.console.pages.numbers import Number
from consumers.console.parts import Here, ledger_of
from consumers.console.people import SignedIn
from outbox.authority import standing
from outbox.errors import BadSettings
from outbox.policy import reading
from outbox.policy.document import parse
from outbox.policy.preview import preview
from schemas.receipts.reading import parsed

router = APIRouter()

_PREVIEW = "policy_preview.html"
_LIVE = "/policies"  # an answer to a post is not asked for again
Reason = Annotated[str, Form(min_length=1, max_length=2000)]


@router.get("/policies")
def policies(draw: Drawing) -> HTMLResponse:
    """What is in force, what was before, and who may say yes for whom."""
    ledger = ledger_of(draw.look)
    revisions = reading.history(draw.look)
    return draw(
        "policies.html",
        revisions=revisions,
        document=to_json(revisions[0].document, indent=2).decode(),
        grants=[(one, parsed(one.content)) for one in standing.grants(ledger)],
        delegations=standing.delegations(ledger),
    )


@router.post("/policies/preview")
def preview_policy(
    draw: Drawing,
    document: Annotated[str, Form(max_length=200_000)],
    days: Annotated[int, Form(ge=1, le=3660)] = 30,
) -> HTMLResponse:
    """What another policy would have done lately; nothing changes."""
    try:
        policy = parse(document)
    except BadSettings as bad:
        return draw(_PREVIEW, HTTPStatus.BAD_REQUEST, refused=bad, found=None, live=_LIVE)
    found = preview(draw.look, policy, days=days, otherwise=draw.parts.review_below)
    return draw(_PREVIEW, found=found, refused=None, live=_LIVE)


@router.post("/grants/{id}/revoke")
def revoke_grant(parts: Here, person: SignedIn, id: Number, reason: Reason) -> RedirectResponse:
    """Take a standing grant back."""
    with parts.writing() as connection:
        standing.revoke_grant(connection, id, actor=person.name, reason=reason)
    return RedirectResponse("/policies", HTTPStatus.SEE_OTHER)


@router.post("/delegations/{id}/revoke")
def revoke_delegation(
    parts: Here, person: SignedIn, id: Number, reason: Reason
) -> RedirectResponse:
    """Take a delegation back."""
    with parts.writing() as connection:
        standing.revoke_delegation(connection, id, actor=person.name, reason=reason)
    return RedirectResponse("/policies", HTTPStatus.SEE_OTHER)
