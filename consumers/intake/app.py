"""The application."""

from __future__ import annotations

import threading
from importlib.metadata import version

from fastapi import FastAPI

from consumers import problems
from consumers.bodies import Bounded
from consumers.intake.connections import Connections
from consumers.intake.gate import PUBLIC, Gate
from consumers.intake.routes import router
from consumers.intake.shapes import Edit, Proposal, Withdrawal
from consumers.intake.waiting import Waiting
from consumers.openapi import describe
from outbox.intent import LARGEST_ARTIFACT

LARGEST = LARGEST_ARTIFACT + 64 * 1024
"""Bytes of a body: an artifact, and what is around it."""
TOKEN = {
    "type": "http",
    "scheme": "bearer",
    "description": "An agent's token: `holdshort token create agent NAME --by YOU`.",
}
ABOUT = """Where agents propose mail.

An agent can only propose: nothing leaves before people have approved exactly these bytes, and
no token of an agent can do that.  Every failure is `application/problem+json`: what went wrong,
why (`detail`), and what to do `next`."""


def application(connections: Connections, stop: threading.Event | None = None) -> FastAPI:
    """The intake, over these connections; once it is told to stop, nobody waits any longer."""
    app = FastAPI(
        title="Holdshort intake",
        version=version("holdshort"),
        openapi_url=PUBLIC,
        generate_unique_id_function=lambda route: route.name,
        docs_url=None,  # those pages load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
    )
    app.state.connections = connections
    app.state.waiting = Waiting(stop or threading.Event())
    app.include_router(router)
    problems.install(app)
    app.add_middleware(Bounded, most=LARGEST)
    app.add_middleware(Gate, connections=connections)
    describe(
        app,
        sent=(Proposal, Edit, Withdrawal),
        security={"token": TOKEN},
        server="/",
        about=ABOUT,
    )
    return app
