"""The application, which the console answers with under /api/v1."""

from __future__ import annotations

from importlib.metadata import version

from fastapi import FastAPI, Request, Response

from consumers import problems
from consumers.bodies import Bounded
from consumers.console.api import approving, deciding, looking, shapes
from consumers.console.parts import Parts
from consumers.console.people import NotSignedIn
from consumers.openapi import describe
from outbox.intent import LARGEST_ARTIFACT, Email
from outbox.manifest import lines
from outbox.seen import Moved
from outbox.tokens import TokenUnknown

AT = "/api/v1"
LARGEST = LARGEST_ARTIFACT + 64 * 1024
"""Bytes of a body: an artifact, and what is around it."""
WAYS = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A person's token: `holdshort token create person NAME --by YOU`.",
    },
    "session": {"type": "apiKey", "in": "cookie", "name": "__Host-holdshort"},
}
ABOUT = """Where people's own programs look and decide, as people do on the pages.

A decision names the digest of the manifest that was read: if anything has changed since, it is
409, says what, and nothing is decided.  Where approvals are signed, bring what the person has
signed.  Every failure is `application/problem+json`: what went wrong, why (`detail`), and what
to do `next`."""
SENT = (
    *(shapes.No, shapes.Deferral, shapes.Edit, shapes.Withdrawal, shapes.Revocation),
    *(shapes.Resolution, shapes.Switching, shapes.Yes, shapes.Approvals, shapes.Leave),
    Email,
)


def api(parts: Parts | None) -> FastAPI:
    """The API with these parts; without any it can only describe itself."""
    app = FastAPI(
        title="Holdshort console",
        version=version("holdshort"),
        docs_url=None,  # those pages load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
        root_path_in_servers=False,
    )
    app.state.parts = parts
    for part in (looking, deciding, approving):
        app.include_router(part.router)
    problems.install(app)
    app.add_exception_handler(Moved, _moved)
    app.add_exception_handler(NotSignedIn, _asked)
    app.add_middleware(Bounded, most=LARGEST)
    describe(app, sent=SENT, told=(shapes.Moved,), security=WAYS, server=AT, about=ABOUT)
    return app


def _moved(_: Request, error: Exception) -> Response:
    assert isinstance(error, Moved)
    seen, now = (dict(lines(one)) if one else {} for one in (error.seen, error.now))
    changes = [
        shapes.Change(field=name, read=seen.get(name), now=now.get(name))
        for name in {**seen, **now}
        if seen and seen.get(name) != now.get(name)
    ]
    said = problems.ours(error).model_dump()
    told = shapes.Moved(
        **said, digest=error.now.digest, version=error.now.version, changes=changes
    )
    return problems.ProblemResponse(told.model_dump(mode="json"), told.status)


def _asked(_: Request, error: Exception) -> Response:
    hint = "show a person's token, or sign in: holdshort token create person NAME --by YOU"
    return problems.of(TokenUnknown(str(error), hint=hint))
