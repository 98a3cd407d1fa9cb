"""Every decision but approvals.  Who decides comes from the token or the session alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Depends, Request

from consumers.bodies import json_body, read
from consumers.console.api.callers import Caller
from consumers.console.api.looking import Id
from consumers.console.api.shapes import (
    Decided,
    Deferral,
    Edit,
    Edited,
    No,
    Resolution,
    Revocation,
    Switching,
    Withdrawal,
)
from consumers.console.parts import Here, ledger_of
from consumers.console.people import signed_in
from consumers.openapi import body, failures, moved
from outbox import queries, views
from outbox.attention.decoys import flaws
from outbox.deciding import OUTCOMES
from outbox.desk import Desk, Outbound

router = APIRouter(tags=["deciding"])

Body = Annotated[bytes, Depends(json_body)]
_SENT = failures(404, 409, 413, 415)
_READ = {**_SENT, **moved()}


class Deciding:
    """The person who decides."""

    def __init__(self, name: Caller, parts: Here) -> None:
        self.name, self.parts = name, parts

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """Where they decide."""
        with self.parts.writing() as connection:
            yield Desk(connection, actor=self.name)

    def decoy(self, id: int) -> str | None:
        """What is wrong with it, if they have just decided on a decoy."""
        with self.parts.reads.connect() as look:
            return flaws(ledger_of(look), [id]).get(id)

    def decided(self, id: int) -> Decided:
        return Decided(id=id, by=self.name, decoy=self.decoy(id))


By = Annotated[Deciding, Depends(Deciding)]


@router.post("/intents/{id}/reject", responses=_READ, openapi_extra=body(No))
def reject(by: By, id: Id, said: Body) -> Decided:
    """Say no, for good."""
    no = read(No, said)
    with by.desk() as desk:
        desk.reject(id, digest=no.digest, because=no.because, reason=no.reason)
    return by.decided(id)


@router.post("/intents/{id}/send-back", responses=_READ, openapi_extra=body(No))
def send_back(by: By, id: Id, said: Body) -> Decided:
    """Ask the agent for another version; the reason is for it."""
    no = read(No, said)
    with by.desk() as desk:
        desk.send_back(id, digest=no.digest, because=no.because, reason=no.reason)
    return by.decided(id)


@router.post("/intents/{id}/defer", responses=_READ, openapi_extra=body(Deferral))
def defer(by: By, id: Id, said: Body) -> Decided:
    """Put it out of sight for a time; nothing else changes."""
    meant = read(Deferral, said)
    with by.desk() as desk:
        desk.defer(id, digest=meant.digest, until=meant.until, reason=meant.reason)
    return by.decided(id)


@router.post("/intents/{id}/edit", responses=_READ, openapi_extra=body(Edit))
def edit(by: By, id: Id, said: Body) -> Edited:
    """Write another version: it is scored again, and every approval is void."""
    meant = read(Edit, said)
    with by.desk() as desk:
        new = desk.edit(id, meant.artifact, digest=meant.digest)
    decoy = by.decoy(id)
    return Edited(id=id, by=by.name, decoy=decoy, version=new.version, digest=new.digest)


@router.post("/intents/{id}/withdraw", responses=_READ, openapi_extra=body(Withdrawal))
def withdraw(by: By, id: Id, said: Body) -> Decided:
    """Take it back before anybody sends it."""
    meant = read(Withdrawal, said)
    with by.desk() as desk:
        desk.withdraw(id, digest=meant.digest, reason=meant.reason)
    return by.decided(id)


@router.post("/intents/{id}/revoke", responses=_READ, openapi_extra=body(Revocation))
def revoke(by: By, id: Id, said: Body) -> Decided:
    """Take an approval back; in time until the moment of its permit."""
    meant = read(Revocation, said)
    with by.desk() as desk:
        desk.revoke(id, digest=meant.digest, reason=meant.reason)
    return by.decided(id)


@router.post("/intents/{id}/resolve", responses=_READ, openapi_extra=body(Resolution))
def resolve(by: By, id: Id, said: Body) -> Decided:
    """Say what became of what is stranded.

    `not-sent` is refused as long as the old bytes may still arrive.
    """
    meant = read(Resolution, said)
    with by.desk() as desk:
        desk.resolve(id, OUTCOMES[meant.outcome], digest=meant.digest, reason=meant.reason)
    return by.decided(id)


@router.put("/switch", responses=failures(413, 415), openapi_extra=body(Switching))
def turn(request: Request, by: By, said: Body) -> views.Switch:
    """Turn sending on or off.  Off takes effect at the next permit; on needs a token, or a
    session in which somebody has signed in lately."""
    meant = read(Switching, said)
    if meant.outbound is Outbound.ON and "authorization" not in request.headers:
        signed_in(request).check_fresh()
    with by.desk() as desk:
        desk.flip(meant.outbound)
    with by.parts.reads.connect() as look:
        return queries.switch(look)
