"""What goes wrong over HTTP, said in one shape (RFC 9457): what, why, and what to do next."""

from __future__ import annotations

import re
from collections.abc import Mapping
from http import HTTPStatus

import psycopg
import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel, ValidationError
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.routing import compile_path

from outbox.errors import HoldshortError
from outbox.explaining import explain
from outbox.intent import CHANNELS
from outbox.tokens import TokenUnknown

log = structlog.get_logger()

STATUS = {
    1: HTTPStatus.CONFLICT,
    2: HTTPStatus.UNPROCESSABLE_ENTITY,
    3: HTTPStatus.CONFLICT,
    4: HTTPStatus.FORBIDDEN,
    5: HTTPStatus.NOT_FOUND,
    6: HTTPStatus.CONFLICT,
    7: HTTPStatus.SERVICE_UNAVAILABLE,
    8: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""What the exit code of an error is in HTTP."""
SOON = {"Retry-After": "2"}
"""Seconds."""
_HEADERS = {
    HTTPStatus.SERVICE_UNAVAILABLE: SOON,
    HTTPStatus.UNAUTHORIZED: {"WWW-Authenticate": "Bearer"},
}
_SAME = "read the API's description: openapi.json"
_NEXT = {
    HTTPStatus.NOT_FOUND: _SAME,
    HTTPStatus.METHOD_NOT_ALLOWED: _SAME,
    HTTPStatus.SERVICE_UNAVAILABLE: "ask again a little later",
    HTTPStatus.INTERNAL_SERVER_ERROR: "tell whoever runs this when it was; its log says more",
}


class Problem(BaseModel):
    """What went wrong."""

    type: str
    """Its kind, as `urn:holdshort:conflict`."""
    title: str
    """What, in general."""
    status: int
    detail: str
    """Why, in this case."""
    next: str
    """What to do about it."""


class Refused(HTTPException):
    """Refused before any of our own errors could say so; `hint` is what to do next."""

    def __init__(
        self,
        status: HTTPStatus,
        detail: str,
        hint: str,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(status, detail, headers)
        self.hint = hint


class ProblemResponse(JSONResponse):
    media_type = "application/problem+json"


def of(error: Exception) -> Response:
    """The answer to what was raised."""
    match error:
        case HTTPException():
            return _of_http(error)
        case RequestValidationError():
            hint = "mend what is named, and ask again"
            return _said(_generic(HTTPStatus.UNPROCESSABLE_ENTITY, first_of(error), hint))
        case HoldshortError():
            return _of_ours(error)
    known = explain(error)
    if known is not None:
        log.warning("not answered", error=str(known))
        return _of_ours(known)
    log.error("not foreseen", exc_info=error)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return _said(_generic(status, "nobody foresaw this", _NEXT[status]))


def first_of(error: RequestValidationError | ValidationError) -> str:
    """The first field that is wrong, and how; never what it says."""
    first = error.errors()[0]
    loc = [part for part in first["loc"] if part not in CHANNELS]
    where = ".".join(map(str, loc)) or "body"
    return f"{where}: {first['msg'].removeprefix('Value error, ')}"


def ours(error: HoldshortError) -> Problem:
    """One of our own errors."""
    name = type(error).__name__
    return Problem(
        type=f"urn:holdshort:{re.sub(r'(?<!^)(?=[A-Z])', '-', name).lower()}",
        title=(type(error).__doc__ or name).splitlines()[0],
        status=_status(error),
        detail=str(error),
        next=error.hint,
    )


def install(app: FastAPI) -> None:
    """Let the application say all of its errors so."""
    for kind in (
        *(HTTPException, RequestValidationError, HoldshortError),
        *(psycopg.Error, DBAPIError, Exception),
    ):
        app.add_exception_handler(kind, lambda _, error: of(error))
    app.add_exception_handler(HTTPStatus.METHOD_NOT_ALLOWED, _not_so)


def _not_so(request: Request, error: Exception) -> Response:
    """What is there may be asked by other methods: by all that are described, and not by those
    of the first route alone."""
    assert isinstance(error, HTTPException)
    path = request.scope["path"].removeprefix(request.scope.get("root_path", ""))
    for template, methods in request.app.openapi()["paths"].items():
        if compile_path(template)[0].match(path):
            error.headers = {"Allow": ", ".join(map(str.upper, methods))}
    return of(error)


def _of_http(error: HTTPException) -> Response:
    status = HTTPStatus(error.status_code)
    hint = error.hint if isinstance(error, Refused) else _NEXT.get(status, _SAME)
    return _said(_generic(status, error.detail, hint), error.headers)


def _of_ours(error: HoldshortError) -> Response:
    return _said(ours(error), _HEADERS.get(_status(error)))


def _status(error: HoldshortError) -> HTTPStatus:
    if isinstance(error, TokenUnknown):
        return HTTPStatus.UNAUTHORIZED
    return STATUS[error.exit_code]


def _generic(status: HTTPStatus, detail: str, hint: str) -> Problem:
    return Problem(
        type="about:blank", title=status.phrase, status=status, detail=detail, next=hint
    )


def _said(problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    return ProblemResponse(problem.model_dump(mode="json"), problem.status, headers)
