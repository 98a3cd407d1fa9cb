"""The log of receipts: how far it is signed, and what came last."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from consumers.console.page import Drawing
from outbox import lately, proofs

router = APIRouter()


@router.get("/receipts")
def receipts(draw: Drawing) -> HTMLResponse:
    return draw(
        "receipts.html",
        checkpoint=proofs.checkpoint(draw.look),
        unattested=proofs.unattested(draw.look),
        receipts=lately.receipts(draw.look),
    )
