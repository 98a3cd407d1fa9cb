"""Signals: a page hears that something has changed, and asks again for what it shows.

A signal carries nothing but its name.  One look a second at the database serves every page
that is open, and none is taken while there is none.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator

import sqlalchemy
from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from consumers.console.parts import Here
from consumers.console.people import SignedIn
from outbox.errors import DependencyDown
from outbox.screens.fingerprint import fingerprint

router = APIRouter()

EVERY = 1.0
"""Seconds between two looks."""
LONGEST = 600.0
"""Seconds after which a page must ask anew, so that who was signed out hears no more."""


class Signals:
    """What the database looks like, at most a second ago."""

    def __init__(self, reads: sqlalchemy.Engine) -> None:
        self._reads = reads
        self._lock = threading.Lock()
        self._looked_at = 0.0
        self._seen = ""

    def seen(self) -> str:
        """Something that is other once anything has changed."""
        with self._lock:
            if time.monotonic() - self._looked_at >= EVERY:
                with self._reads.connect() as look:
                    self._seen = fingerprint(look)
                self._looked_at = time.monotonic()
            return self._seen


@router.get("/events")
async def events(request: Request, parts: Here, _: SignedIn) -> StreamingResponse:
    """The stream of signals, as long as the page is open."""
    stream = _stream(request, request.app.state.signals, parts.stop)
    return StreamingResponse(stream, media_type="text/event-stream")


async def _stream(
    request: Request, signals: Signals, stop: threading.Event
) -> AsyncIterator[str]:
    begun, last = time.monotonic(), await _now(signals)
    yield ": hello\n\n"
    while time.monotonic() - begun < LONGEST and not stop.is_set():
        await asyncio.sleep(EVERY)
        if await request.is_disconnected():
            return
        seen = await _now(signals)
        if seen is not None and seen != last:
            last = seen
            yield "event: moved\ndata:\n\n"


async def _now(signals: Signals) -> str | None:
    """None: there is no database to ask; the page stays as it is."""
    try:
        return await run_in_threadpool(signals.seen)
    except (DependencyDown, sqlalchemy.exc.SQLAlchemyError):
        return None
