"""One request over one fresh connection: what can be undone, the permit, the answer."""

from __future__ import annotations

from dataclasses import replace

from consumers.channels import Permit
from consumers.channels.http.answer import Answer, Listening
from consumers.channels.http.connecting import Way, connected
from consumers.channels.http.events import Event, Phase
from consumers.channels.http.request import Request
from consumers.channels.http.trail import Trail
from consumers.channels.http.wire import Wire
from consumers.channels.line import Stopped
from outbox.failpoints import Point, reach


def exchanged(request: Request, way: Way, permit: Permit, trail: Trail) -> Answer:
    """The answer, whatever it says.  Raises `Stopped`, and what the permit raises."""
    try:
        written = request.written
    except ValueError as wrong:
        raise Stopped(Event.NO, str(wrong)) from wrong
    with connected(way, request.host, request.port, trail) as wire:
        trail.enter(Phase.PERMIT)
        if wire.unasked():  # what is there already would pass for the answer
            raise Stopped(Event.NO_ANSWER, "it spoke, or hung up, before it was asked")
        reach(Point.HTTP_BEFORE_PERMIT)
        permit()
        trail.passed("permit")
        reach(Point.HTTP_AFTER_PERMIT)
        _write(wire, written, way, trail)
        return replace(_heard(wire, request.method, way, trail), asked=request.body)


def _write(wire: Wire, written: bytes, way: Way, trail: Trail) -> None:
    """Cross the point of no return."""
    trail.enter(Phase.REQUEST)
    wire.deadline = way.timeouts.deadline("request")
    wire.write(written[: len(written) // 2])
    reach(Point.HTTP_MID_REQUEST)
    wire.write(written[len(written) // 2 :])
    reach(Point.HTTP_AFTER_REQUEST)


def _heard(wire: Wire, method: str, way: Way, trail: Trail) -> Answer:
    trail.enter(Phase.ANSWER)
    wire.deadline = way.timeouts.deadline("answer")
    listening = Listening(wire, method)
    head = listening.head()
    reach(Point.HTTP_AFTER_STATUS)
    trail.enter(Phase.STATUS)
    wire.deadline = way.timeouts.deadline("body")
    return listening.body(head)
