"""The lists: what waits for a person, what is on its way, and what has left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import sqlalchemy
from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from consumers.console.page import Draw, Drawing
from outbox import queries, views
from outbox.lifecycle import State

router = APIRouter()

Before = Annotated[int | None, Query(ge=1, lt=2**63)]
After = Annotated[int | None, Query(ge=1, lt=2**63)]
"""Which was decided right before; what became of it is looked up, not believed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """One list."""

    name: str
    title: str
    states: tuple[State, ...]
    empty: str
    """What is said if there is nothing in it."""
    bulk: bool = False
    """Whether several may be approved at once."""


QUEUES = {
    queue.name: queue
    for queue in (
        Queue(
            name="review",
            title="Review",
            states=(State.IN_REVIEW,),
            empty="Nothing needs a closer look.",
        ),
        Queue(
            name="approve",
            title="Approve",
            states=(State.AWAITING_APPROVAL,),
            empty="Nothing waits for a yes.",
            bulk=True,
        ),
        Queue(
            name="stranded",
            title="Stranded",
            states=(State.STRANDED,),
            empty="Nothing is stranded.",
        ),
        Queue(
            name="sending",
            title="Sending",
            states=(State.APPROVED, State.SENDING, State.RELEASING),
            empty="Nothing is on its way.",
        ),
        Queue(name="sent", title="Sent", states=(State.SENT,), empty="Nothing was sent yet."),
    )
}


def queue_of(state: str) -> Queue:
    """The list in which an intent of this state is, or was."""
    for queue in QUEUES.values():
        if state in queue.states:
            return queue
    return QUEUES["sent"]


@router.get("/review")
def review(draw: Drawing, before: Before = None, after: After = None) -> HTMLResponse:
    return _list(draw, "review", before, after)


@router.get("/approve")
def approve(draw: Drawing, before: Before = None, after: After = None) -> HTMLResponse:
    return _list(draw, "approve", before, after)


@router.get("/stranded")
def stranded(draw: Drawing, before: Before = None, after: After = None) -> HTMLResponse:
    return _list(draw, "stranded", before, after)


@router.get("/sending")
def sending(draw: Drawing, before: Before = None, after: After = None) -> HTMLResponse:
    return _list(draw, "sending", before, after)


@router.get("/sent")
def sent(draw: Drawing, before: Before = None, after: After = None) -> HTMLResponse:
    return _list(draw, "sent", before, after)


def _list(draw: Draw, name: str, before: int | None, after: int | None) -> HTMLResponse:
    queue = QUEUES[name]
    page = queries.page(draw.look, state=queue.states[0], before=before)
    return draw("queue.html", queue=queue, page=page, after=decided(draw.look, after))


def decided(look: sqlalchemy.Connection, after: int | None) -> views.Summary | None:
    """What was decided right before, as it is now."""
    return None if after is None else queries.dossier(look, after).intent
