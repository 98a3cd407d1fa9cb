"""Signals: a page hears that something has changed, and asks again for what it shows.

A signal carries nothing but its name, and what the page is then as new as: whatever happened
between drawing a page and listening, or while nobody listened, is heard at once.  One look a
second at the database serves every page that is open, and none is taken while there is none.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator
from typing import Annotated

import sqlalchemy
from fastapi import APIRouter, Header, Request
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
    """How the database stands, as it was at most a second ago."""

    def __init__(self, reads: sqlalchemy.Engine) -> None:
        self._reads = reads
        self._looking = threading.Lock()
        self._looked_at = 0.0
        self._seen: str | None = None

    def seen(self) -> str | None:
        """None: there is no database to ask.  While one looks, nobody waits for it."""
        old = time.monotonic() - self._looked_at >= EVERY
        if old and self._looking.acquire(blocking=not self._looked_at):
            try:
                self._seen = self._look()
                self._looked_at = time.monotonic()
            finally:
                self._looking.release()
        return self._seen

    def _look(self) -> str | None:
        try:
            with self._reads.connect() as look:
                return fingerprint(look)
        except (DependencyDown, sqlalchemy.exc.SQLAlchemyError):
            return None


@router.get("/events")
async def events(
    request: Request,
    parts: Here,
    _: SignedIn,
    seen: str = "",
    last_event_id: Annotated[str, Header()] = "",
) -> StreamingResponse:
    """The stream of signals, as long as the page is open; `seen` is what it is as new as."""
    stream = _stream(request, parts.stop, last_event_id or seen)
    return StreamingResponse(stream, media_type="text/event-stream")


async def _stream(request: Request, stop: threading.Event, last: str) -> AsyncIterator[str]:
    signals: Signals = request.app.state.signals
    until, lost = time.monotonic() + LONGEST, False
    yield ": hello\n\n"
    while time.monotonic() < until and not stop.is_set():
        now = await run_in_threadpool(signals.seen)
        if now is None and not lost:
            yield "event: lost\ndata:\n\n"
        elif now is not None and (lost or now != last):
            yield f"event: moved\nid: {now}\ndata:\n\n"
            last = now
        lost = now is None
        await asyncio.sleep(EVERY)
        if await request.is_disconnected():
            return
