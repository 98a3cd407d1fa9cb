"""Decisions.  Each is posted with the digest of what was read, and is one transaction.

Afterwards comes the next of the same list; what was decided has left it by then.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form
from fastapi.responses import RedirectResponse

from consumers.approving import Given, approve_one
from consumers.approving import Item as Read
from consumers.console.handing import command
from consumers.console.pages.item import SPANS
from consumers.console.pages.numbers import Number
from consumers.console.pages.queues import next_of, queue_of
from consumers.console.parts import Here, Parts
from consumers.console.people import Person, SignedIn
from outbox import queries
from outbox.deciding import OUTCOMES
from outbox.desk import Desk
from outbox.errors import NotAllowed
from outbox.reasons import Because
from outbox.screens.places import Place

router = APIRouter()

Digest = Annotated[str, Form(pattern="^[0-9a-f]{64}$")]
Why = Annotated[Because, Form()]
Reason = Annotated[str, Form(min_length=1, max_length=2000)]
Span = Annotated[Literal["1 hour", "4 hours", "1 day", "1 week"], Form()]


class Deciding:
    """One person about to decide on one intent."""

    def __init__(self, parts: Here, person: SignedIn, id: Number) -> None:
        self.parts, self.person, self.id = parts, person, id
        with parts.reads.connect() as look:
            intent = queries.dossier(look, id).intent
        self._queue, self._place = queue_of(intent.state), Place(intent.moved_at, id)

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """Where they decide."""
        with self.parts.writing() as connection:
            yield Desk(connection, actor=self.person.name)

    def onwards(self) -> RedirectResponse:
        """To the next of the list in which it was."""
        where = next_of(self._queue.which, self._place, self.id)
        return RedirectResponse(where, HTTPStatus.SEE_OTHER)


Decision = Annotated[Deciding, Depends(Deciding)]


@router.post("/intents/{id}/approve")
def approve(deciding: Decision, digest: Digest) -> RedirectResponse:
    """Authorise one attempt to send exactly this."""
    with deciding.parts.writing() as connection:
        given = given_by(deciding.parts, deciding.person)
        approve_one(connection, Read(deciding.id, digest), given)
    return deciding.onwards()


@router.post("/intents/{id}/reject")
def reject(
    deciding: Decision, digest: Digest, because: Why, reason: Reason
) -> RedirectResponse:
    """Say no, for good."""
    with deciding.desk() as desk:
        desk.reject(deciding.id, digest=digest, because=because, reason=reason)
    return deciding.onwards()


@router.post("/intents/{id}/send-back")
def send_back(
    deciding: Decision, digest: Digest, because: Why, reason: Reason
) -> RedirectResponse:
    """Ask the agent for another version."""
    with deciding.desk() as desk:
        desk.send_back(deciding.id, digest=digest, because=because, reason=reason)
    return deciding.onwards()


@router.post("/intents/{id}/defer")
def defer(
    deciding: Decision, digest: Digest, span: Span, reason: Annotated[str, Form()] = ""
) -> RedirectResponse:
    """Out of sight for a while."""
    until = dt.datetime.now(dt.UTC) + SPANS[span]
    with deciding.desk() as desk:
        desk.defer(deciding.id, digest=digest, until=until, reason=reason)
    return deciding.onwards()


@router.post("/intents/{id}/take-up")
def take_up(deciding: Decision) -> RedirectResponse:
    """Back into sight."""
    with deciding.desk() as desk:
        desk.take_up(deciding.id)
    return RedirectResponse(f"/intents/{deciding.id}", HTTPStatus.SEE_OTHER)


@router.post("/intents/{id}/revoke")
def revoke(deciding: Decision, digest: Digest, reason: Reason) -> RedirectResponse:
    """Take an approval back, and look at it again."""
    with deciding.desk() as desk:
        desk.revoke(deciding.id, digest=digest, reason=reason)
    return RedirectResponse(f"/intents/{deciding.id}", HTTPStatus.SEE_OTHER)


@router.post("/intents/{id}/resolve")
def resolve(
    deciding: Decision,
    digest: Digest,
    outcome: Annotated[Literal["sent", "not-sent", "given-up"], Form()],
    reason: Reason,
) -> RedirectResponse:
    """Say what became of what is stranded."""
    with deciding.desk() as desk:
        desk.resolve(deciding.id, OUTCOMES[outcome], digest=digest, reason=reason)
    return deciding.onwards()


def given_by(parts: Parts, person: Person) -> Given:
    """How this person approves here by a form.

    Raises `NotAllowed` where each approval is signed, and there is no key to do it with.
    """
    if parts.approvals == "signed" and parts.signer is None:
        raise NotAllowed(
            "approvals are signed here, and a form signs nothing",
            hint="let your device sign it, with scripts allowed; see your passkeys: /passkeys;"
            f" or run: {command(person.name)}",
        )
    return Given(person.name, parts.valid_for, parts.hold, parts.signer)
