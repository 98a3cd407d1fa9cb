"""Approvals: of one, or of many, each by the digest of what was read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from http import HTTPStatus

from fastapi import APIRouter, Response

from consumers.approving import Given, Item, Outcome, approve_each, approve_one, leave_for
from consumers.bodies import read
from consumers.console.api.deciding import Body, By, Deciding
from consumers.console.api.looking import Id
from consumers.console.api.shapes import Approvals, Approved, Leave, Yes
from consumers.console.api.signed import as_signed
from consumers.openapi import body, failures, moved
from consumers.reviewers import legible
from outbox.errors import BadSettings
from outbox.store import Connection
from schemas.authority.wire import Signed, ToSign

router = APIRouter(tags=["approving"])

_SIGN = "sign what POST approvals/prepare gives for it, and send it as `signed`: docs/API.md"


@router.post(
    "/intents/{id}/approve",
    responses={**failures(404, 409, 413, 415), **moved()},
    openapi_extra=body(Yes),
)
def approve(by: By, id: Id, said: Body) -> Approved:
    """Authorise one attempt to send exactly what was read."""
    meant = read(Yes, said)
    item = Item(id, meant.digest)
    with by.parts.writing() as connection:
        given = _given(connection, by, [item], meant.signed, meant.in_place_of)
        missing, _ = approve_one(connection, item, given)
    return Approved(id=id, by=given.by, missing=missing, decoy=by.decoy(id))


@router.post(
    "/approvals",
    responses={
        207: {"model": list[Outcome], "description": "Some were not: see each."},
        **failures(409, 413, 415),
    },
    openapi_extra=body(Approvals),
)
def approve_many(by: By, said: Body, response: Response) -> list[Outcome]:
    """Approve each that is still as it was read; a bad one stops no other."""
    meant = read(Approvals, said)
    items = _items(meant)
    with by.parts.writing() as connection:
        given = _given(connection, by, items, meant.signed, meant.in_place_of)
        outcomes = approve_each(connection, items, given)
    if any(one.error is not None for one in outcomes):
        response.status_code = HTTPStatus.MULTI_STATUS
    return outcomes


@router.post(
    "/approvals/prepare",
    responses={**failures(404, 409, 413, 415), **moved()},
    openapi_extra=body(Leave),
)
def prepare(by: By, said: Body) -> ToSign:
    """What to sign to approve these; nothing is decided, and nothing is kept."""
    meant = read(Leave, said)
    given = Given(by.name, by.parts.valid_for, by.parts.hold, None, meant.in_place_of)
    with by.parts.writing() as connection:
        leave = leave_for(connection, _items(meant), given)
    with legible(hint="mend what is named"):
        return ToSign.of(leave)


def _items(meant: Leave) -> list[Item]:
    items = [Item(one.id, one.digest) for one in meant.items]
    if len({item.id for item in items}) != len(items):
        raise BadSettings("an intent is named twice", hint="name each once")
    return items


def _given(
    connection: Connection,
    by: Deciding,
    items: Sequence[Item],
    said: Signed | None,
    in_place_of: str | None,
) -> Given:
    """How this person approves: by name, or as they have signed."""
    parts = by.parts
    if said is None:
        if parts.approvals == "signed":
            raise BadSettings("approvals are signed here, and this one is not", hint=_SIGN)
        return Given(by.name, parts.valid_for, parts.hold, None, in_place_of)
    document, meant = as_signed(connection, said, by.name)
    if {(one.intent, one.manifest) for one in meant.items} != {(i.id, i.digest) for i in items}:
        raise BadSettings("what is signed is not what is asked for", hint=_SIGN)
    if meant.delegator != in_place_of:
        raise BadSettings("what is signed is in another's place than what is asked", hint=_SIGN)
    now = dt.datetime.now(dt.UTC)
    hold = max(meant.held_until or now, now) - now
    return Given(by.name, meant.expires_at - now, hold, document, in_place_of)
