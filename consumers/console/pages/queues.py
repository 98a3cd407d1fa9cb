"""The lists: what waits for a person, what is on its way, and what has left."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated

import sqlalchemy
from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse, RedirectResponse

from consumers.console.page import Draw, Drawing
from consumers.console.parts import Look, ledger_of
from consumers.console.people import SignedIn
from outbox import queries
from outbox.attention.decoys import Decoy, unmasked
from outbox.lifecycle import State
from outbox.screens.lists import LISTS, Which, listed
from outbox.screens.places import Place as ListPlace
from outbox.seen import shown

router = APIRouter()

Place = Annotated[str | None, Query(max_length=60)]
Done = Annotated[int | None, Query(ge=1, lt=2**63)]
"""Which was decided right before; what became of it is looked up, not believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """One list."""

    which: Which
    empty: str
    """What is said if there is nothing in it."""
    bulk: bool = False
    """Whether several may be approved at once."""

    @property
    def title(self) -> str:
        return self.which.replace("-", " ").capitalize()


QUEUES = {
    queue.which: queue
    for queue in (
        Queue(which=Which.REVIEW, empty="Nothing needs a closer look."),
        Queue(which=Which.APPROVE, empty="Nothing waits for a yes.", bulk=True),
        Queue(which=Which.DEFERRED, empty="Nothing is deferred."),
        Queue(which=Which.SENT_BACK, empty="No agent was asked for another version."),
        Queue(which=Which.STRANDED, empty="Nothing is stranded."),
        Queue(which=Which.SENDING, empty="Nothing is on its way."),
        Queue(which=Which.ARRIVING, empty="Nothing has just arrived."),
        Queue(which=Which.SENT, empty="Nothing was sent yet."),
        Queue(which=Which.CLOSED, empty="Nothing was rejected, withdrawn or expired."),
    )
}

OTHERS = tuple(
    QUEUES[which] for which in (Which.DEFERRED, Which.SENT_BACK, Which.ARRIVING, Which.CLOSED)
)
"""Those that the navigation has no room for."""


def queue_of(state: str) -> Queue:
    """The list in which an intent of this state is."""
    return next(QUEUES[which] for which, states in LISTS.items() if state in states)


def next_of(which: Which, place: ListPlace, id: int) -> str:
    """Where somebody goes who has decided on this intent, which stood at that place."""
    return f"/next/{which}?place={place}&done={id}"


@router.get("/next/{which}")
def go_on(
    look: Look,
    _: SignedIn,
    which: Which,
    place: Annotated[str, Query(max_length=60)],
    done: int,
) -> RedirectResponse:
    """To the next that waits behind that place, else to the first; if there is none, to the
    list."""
    behind = listed(look, which, after=place, size=1).rows
    found = behind or listed(look, which, size=1).rows
    others = [row.id for row in found if row.id != done]
    where = f"/intents/{others[0]}" if others else f"/{which}"
    return RedirectResponse(f"{where}?done={done}", HTTPStatus.SEE_OTHER)


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided right before, as it is now."""

    id: int
    state: str
    digest: str | None
    """Of its manifest, by which an approval is taken back; None where there is none."""
    decoy: Decoy | None


def decided(look: sqlalchemy.Connection, done: int | None) -> Decided | None:
    if done is None:
        return None
    state = queries.dossier(look, done).intent.state
    digest = shown(look, done).digest if state == State.APPROVED else None
    return Decided(done, state, digest, unmasked(ledger_of(look), [done]).get(done))


def _serve(queue: Queue) -> None:
    @router.get(f"/{queue.which}", name=queue.which)
    def show(
        draw: Drawing, after: Place = None, before: Place = None, done: Done = None
    ) -> HTMLResponse:
        return _list(draw, queue, after, before, done)


def _list(
    draw: Draw, queue: Queue, after: str | None, before: str | None, done: int | None
) -> HTMLResponse:
    found = listed(draw.look, queue.which, after=after, before=before)
    return draw(
        "queue.html", queue=queue, found=found, others=OTHERS, done=decided(draw.look, done)
    )


for _queue in QUEUES.values():
    _serve(_queue)
