"""The application: its pages, and what goes wrong as a page."""

from __future__ import annotations

from http import HTTPStatus
from importlib import resources

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.staticfiles import StaticFiles

from consumers import problems
from consumers.console import live
from consumers.console.api.app import AT, api
from consumers.console.guards import Guards
from consumers.console.live import Signals
from consumers.console.page import drawn, failure, for_a_script, told
from consumers.console.pages import (
    agents,
    attention,
    bulk,
    calibration,
    changes,
    content,
    deciding,
    editing,
    home,
    item,
    policies,
    queues,
    receipts,
    search,
    switching,
    system,
)
from consumers.console.parts import Parts, parts_of
from consumers.console.passkeys import router as passkeys
from consumers.console.people import NotSignedIn
from consumers.console.signin import oidc, own
from consumers.console.signin import page as signing_in
from consumers.console.signin.asking import ask
from outbox import queries
from outbox.errors import BadSettings, HoldshortError, NotFound
from outbox.lifecycle import Role
from outbox.manifest import lines
from outbox.seen import Moved

STATUS = {
    2: HTTPStatus.UNPROCESSABLE_ENTITY,
    3: HTTPStatus.CONFLICT,
    4: HTTPStatus.FORBIDDEN,
    5: HTTPStatus.NOT_FOUND,
    6: HTTPStatus.CONFLICT,
    7: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""What the exit code of an error is in HTTP."""
PAGES = (
    live,
    home,
    queues,
    item,
    content,
    deciding,
    editing,
    changes,
    bulk,
    switching,
    policies,
    receipts,
    search,
    agents,
    attention,
    calibration,
    system,
    signing_in,
    oidc,
    own,
    passkeys,
)


def application(parts: Parts) -> FastAPI:
    """The console with these parts."""
    app = FastAPI(title="Holdshort", docs_url=None, redoc_url=None, openapi_url=None)
    app.state.parts = parts
    app.state.signals = Signals(parts.reads)
    app.add_middleware(Guards, origin=parts.origin)
    app.mount(AT, api(parts))
    app.mount("/static", StaticFiles(directory=str(resources.files(__package__) / "static")))
    for page in PAGES:
        app.include_router(page.router)
    app.add_exception_handler(HTTPStatus.NOT_FOUND, _not_there)
    app.add_exception_handler(HoldshortError, _failed)
    app.add_exception_handler(Moved, _moved)
    app.add_exception_handler(NotSignedIn, ask)
    app.add_exception_handler(RequestValidationError, _malformed)
    return app


def _not_there(request: Request, _: Exception) -> Response:
    error = NotFound("there is nothing at this address", hint="begin at the first page: /")
    if request.url.path.startswith("/api/"):
        return problems.of(error)
    return failure(request, error, HTTPStatus.NOT_FOUND)


def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, HoldshortError)
    status = STATUS.get(error.exit_code, HTTPStatus.INTERNAL_SERVER_ERROR)
    if for_a_script(request):
        return told(error, status)
    id = request.path_params.get("id")
    if status is HTTPStatus.CONFLICT and id and request.url.path.startswith("/intents/"):
        return _decided(request, error, int(id))
    return failure(request, error, status)


def _decided(request: Request, error: HoldshortError, id: int) -> Response:
    """Somebody was faster: who, and with what."""
    with parts_of(request).reads.connect() as look:
        dossier = queries.dossier(look, id)
    people = [one for one in dossier.receipts if one.role == Role.HUMAN]
    values = {"error": error, "intent": dossier.intent, "last": people[-1] if people else None}
    return drawn(request, "decided.html", HTTPStatus.CONFLICT, **values)


def _moved(request: Request, error: Exception) -> Response:
    assert isinstance(error, Moved)
    if for_a_script(request):
        return told(error, HTTPStatus.CONFLICT)
    seen, now = (dict(lines(one)) if one else {} for one in (error.seen, error.now))
    moved = [
        (name, seen.get(name), now.get(name))
        for name in {**seen, **now}
        if seen and seen.get(name) != now.get(name)
    ]
    values = {"error": error, "changes": moved, "id": error.now.intent}
    return drawn(request, "moved.html", HTTPStatus.CONFLICT, **values)


def _malformed(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"][1:])
    said = BadSettings(
        f"{where}: {first['msg']}", hint="nothing was done; go back, and mend it"
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    return told(said, status) if for_a_script(request) else failure(request, said, status)
