"""What an agent may ask for.  Who it is comes from its token alone, never from what it says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Annotated, cast

from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response

from consumers.bodies import json_body, read
from consumers.intake.connections import Connections
from consumers.intake.gate import token_of
from consumers.intake.shapes import Edit, Intent, Key, Looked, Page, Proposal, Withdrawal
from consumers.intake.waiting import LONGEST, Until, Waiting
from consumers.openapi import body, failures
from consumers.problems import Refused
from outbox import Proposal as Proposing
from outbox import tracing
from outbox.agents import Agent, Edited
from outbox.errors import BadArtifact, NotFound

router = APIRouter(prefix="/v1", tags=["intents"])

Number = Annotated[int, Path(ge=1, lt=2**63)]
Body = Annotated[bytes, Depends(json_body)]
_TAG = re.compile(r'"?([0-9a-f]{64})"?')


class Asking:
    """Whose request it is."""

    def __init__(self, request: Request) -> None:
        self._token = token_of(request)
        self._connections = cast(Connections, request.app.state.connections)

    @contextmanager
    def agent(self) -> Iterator[Agent]:
        """It, with a connection to the ledger."""
        with self._connections.one() as connection:
            yield Agent(connection, self._token)


Asked = Annotated[Asking, Depends()]


@router.post(
    "/intents",
    status_code=HTTPStatus.CREATED,
    responses={
        200: {"model": Intent, "description": "It is there already."},
        **failures(409, 413, 415),
    },
    openapi_extra=body(Proposal),
)
def propose(
    asked: Asked,
    said: Body,
    response: Response,
    idempotency_key: Annotated[Key | None, Header()] = None,
    traceparent: Annotated[str | None, Header()] = None,
) -> Intent:
    """Propose a mail or a request.  The same key and bytes give the same intent, once.

    Nothing is sent by it: people approve exactly these bytes, or do not.
    """
    meant = read(Proposal, said)
    key = _key(meant.key, idempotency_key)
    with tracing.span("propose", tracing.sound(traceparent)) as carried:
        proposing = Proposing(
            artifact=meant.artifact,
            key=key,
            producer="",  # whoever the token says
            not_before=meant.not_before,
            not_after=meant.not_after,
            traceparent=carried,
        )
        with asked.agent() as agent:
            found, new = agent.propose(proposing)
        tracing.note(intent=found.id)
    response.status_code = HTTPStatus.CREATED if new else HTTPStatus.OK
    response.headers["Location"] = f"/v1/intents/{found.id}"
    return _tagged(response, Intent.of(found))


@router.get("/intents")
def mine(
    asked: Asked,
    before: Annotated[int | None, Query(ge=1, lt=2**63)] = None,
    size: Annotated[int, Query(ge=1, le=200)] = 50,
) -> Page:
    """What you have proposed, the newest first."""
    with asked.agent() as agent:
        found, next = agent.page(before=before, size=size)
    return Page(intents=[Intent.of(one) for one in found], before=next)


@router.get("/intents/{id}", responses=failures(404))
async def look(
    asked: Asked,
    id: Number,
    *,
    request: Request,
    response: Response,
    wait: Annotated[int, Query(ge=0, le=LONGEST)] = 0,
    until: Until = Until.DECIDED,
) -> Looked:
    """Where one of yours stands, what was done with it, and why if a person said no.

    With `wait`, the answer comes once people have `decided`, or once nothing more becomes of it
    (`final`); else after so many seconds, or earlier if too many wait: then ask again.
    """

    def now() -> Looked:
        with asked.agent() as agent:
            try:
                return Looked.at(*agent.look(id))
            except NotFound:
                agent.check()  # a token that was revoked meanwhile sees nothing, either
                raise

    waiting = cast(Waiting, request.app.state.waiting)
    looked = await waiting.look(now, seconds=wait, until=until, gone=request.is_disconnected)
    _tagged(response, looked.intent)
    return looked


@router.put(
    "/intents/{id}",
    responses=failures(404, 409, 412, 413, 415, 428),
    openapi_extra=body(Edit),
)
def edit(
    asked: Asked,
    id: Number,
    said: Body,
    response: Response,
    if_match: Annotated[str | None, Header()] = None,
) -> Intent:
    """Write another version in place of the one that If-Match names by its digest.

    It is scored again, and whoever has approved the earlier one has to do so anew.
    """
    digest = _named(if_match)
    artifact = read(Edit, said).artifact
    try:
        with asked.agent() as agent:
            found = agent.edit(id, artifact, digest=digest)
    except Edited as error:
        raise Refused(HTTPStatus.PRECONDITION_FAILED, str(error), error.hint) from None
    return _tagged(response, Intent.of(found))


@router.post(
    "/intents/{id}/withdraw",
    responses=failures(404, 409, 413, 415),
    openapi_extra=body(Withdrawal),
)
def withdraw(asked: Asked, id: Number, said: Body, response: Response) -> Intent:
    """Take it back, as long as no sender has it in hand."""
    reason = read(Withdrawal, said).reason
    with asked.agent() as agent:
        found = agent.withdraw(id, reason=reason)
    return _tagged(response, Intent.of(found))


def _key(said: str | None, header: str | None) -> str:
    key = header if said is None else said
    if key is None:
        why = "key: neither the body nor the header Idempotency-Key says it"
        raise BadArtifact(why, hint="name it yourself: the same key never sends twice")
    if header not in (None, key):
        why = "key: the body says another one than the header Idempotency-Key"
        raise BadArtifact(why, hint="say it once")
    return key


def _named(if_match: str | None) -> str:
    hint = "look at it, and send its ETag: If-Match: DIGEST"
    if if_match is None:
        why = "If-Match does not say which version you have read"
        raise Refused(HTTPStatus.PRECONDITION_REQUIRED, why, hint)
    named = _TAG.fullmatch(if_match)
    if named is None:
        raise BadArtifact("If-Match: it is no digest", hint=hint)
    return named[1]


def _tagged(response: Response, intent: Intent) -> Intent:
    response.headers["ETag"] = f'"{intent.digest}"'
    return intent
