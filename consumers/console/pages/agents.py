"""Who proposes, and what became of it."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from consumers.console.page import Drawing
from outbox.screens import agents as read

router = APIRouter()


@router.get("/agents")
def agents(draw: Drawing) -> HTMLResponse:
    """Every producer of the last month, and the last two days hour by hour."""
    hours = read.hours(draw.look)
    most = max((hour.proposed for hour in hours), default=0)
    return draw("agents.html", agents=read.agents(draw.look), hours=hours, most=max(most, 1))
