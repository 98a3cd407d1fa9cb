"""What confidences are worth: a picture for each channel, with what follows from it."""

from __future__ import annotations

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from consumers.console.page import Drawing
from outbox.calibration.drift import DAYS, RECENT_DAYS
from outbox.calibration.reading import channels
from outbox.calibration.thresholds import TARGETS, threshold

ALARM = 4
"""Standard errors from which on an alert is told, as in deploy/prometheus/alerts.yml."""

router = APIRouter()


@router.get("/calibration")
def calibration(draw: Drawing) -> HTMLResponse:
    """Of each channel on which people have decided in the last 90 days."""
    found = channels(draw.look)
    return draw(
        "calibration.html",
        channels=found,
        thresholds={
            one.channel: [threshold(one.together.curve, target) for target in TARGETS]
            for one in found
        },
        days=DAYS,
        recent=RECENT_DAYS,
        alarm=ALARM,
    )
