"""How people decide: how often yes, how fast, and which decoys they caught."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from consumers.console.page import Drawing
from outbox.attention.reviewers import DAYS, reviewers
from outbox.policy import reading

router = APIRouter()


@router.get("/attention")
def attention(draw: Drawing) -> HTMLResponse:
    """Everybody who has decided in the last month, and what the policy asks of them."""
    asked = reading.history(draw.look)[0].document.get("attention")
    return draw("attention.html", people=reviewers(draw.look), asked=asked, days=DAYS)
