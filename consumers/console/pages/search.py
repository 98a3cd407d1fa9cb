"""Search: one line, whose filters say what is looked for."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from consumers.console.page import Drawing
from consumers.console.pages.queues import Place
from outbox.search.asking import asked
from outbox.search.finding import found

router = APIRouter()


@router.get("/search")
def search(
    draw: Drawing,
    q: Annotated[str, Query(max_length=500)] = "",
    after: Place = None,
    before: Place = None,
) -> HTMLResponse:
    """What was found, the newest first."""
    answer = found(draw.look, asked(q), after=after, before=before)
    return draw("search.html", query=q, found=answer)
