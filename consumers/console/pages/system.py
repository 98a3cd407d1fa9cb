"""How the pipeline stands: the switch, where it is armed, the limits, the log of receipts."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from consumers.console.page import Drawing
from consumers.console.parts import ledger_of
from outbox import epoch, queries
from outbox.limits import reading
from outbox.screens import system as stands

router = APIRouter()


@router.get("/system")
def system(draw: Drawing) -> HTMLResponse:
    look = draw.look
    return draw(
        "system.html",
        held=epoch.refusal(ledger_of(look), draw.parts.site),
        waiting=queries.waiting(look),
        system=stands.system(look),
        processes=stands.processes(look),
        used={use.id: use for use in stands.caps_in_use(look)},
        caps=[one for one in reading.caps(look) if one.lifted_at is None],
        quiet=[one for one in reading.quiet_hours(look) if one.lifted_at is None],
        suppressed=[one for one in reading.suppressions(look) if one.lifted_at is None],
    )
