"""The description of an API, whole: every answer that it gives, and what is sent to it.

What is sent is read by our own models, strictly and after the door; so it is described here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from consumers.problems import Problem

JSON = dict[str, Any]

_REF = "#/components/schemas/{model}"
_ALWAYS = (401, 403, 408, 422, 500, 503)
"""What any operation may answer: who asks is unknown, or it is not now."""
_WHY = {
    401: "There is no token with the request, or it lets nobody in.",
    403: "The token, or this process's login, may not do that.",
    404: "There is nothing like that for you to see.",
    408: "The body did not come whole in time.",
    409: "The law, or what was decided meanwhile, is against it.",
    412: "It does not say any more what If-Match names.",
    413: "The body is too large.",
    415: "The body is not JSON.",
    422: "What was sent means nothing; the first wrong field is named.",
    428: "If-Match does not say what you have read.",
    500: "Nobody foresaw this.",
    503: "The database is away, or there is too much to do: ask again later.",
}


def failures(*statuses: int) -> dict[int | str, JSON]:
    """These answers, each a problem; for `responses` of a route."""
    return {status: _failure(status) for status in statuses}


def moved() -> dict[int | str, JSON]:
    """409 where a decision names what was read: it has changed, or the law is against it."""
    told = _failure(409)
    schemas = [{"$ref": _REF.format(model=name)} for name in ("Moved", "Problem")]
    told["content"]["application/problem+json"]["schema"] = {"anyOf": schemas}
    return {409: told}


def body(model: type[BaseModel]) -> JSON:
    """What is sent; for `openapi_extra` of a route."""
    schema = {"$ref": _REF.format(model=model.__name__)}
    return {
        "requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}
    }


def describe(
    app: FastAPI,
    *,
    sent: Iterable[type[BaseModel]],
    told: Iterable[type[BaseModel]] = (),
    security: Mapping[str, JSON],
    server: str,
    about: str,
) -> None:
    """Let the application describe itself: what is `sent`, what only failures have `told`, and
    how one is let in."""
    models: list[tuple[type[BaseModel], str]] = [(model, "validation") for model in sent]
    failing: list[type[BaseModel]] = [Problem, *told]
    models += [(model, "serialization") for model in failing]
    _, shapes = models_json_schema(models, ref_template=_REF)  # type: ignore[arg-type]

    def described() -> JSON:
        if app.openapi_schema is None:
            said = _of_routes(app, about, server)
            _name(said, shapes["$defs"])
            said["components"]["securitySchemes"] = dict(security)
            said["security"] = [{name: []} for name in security]
            app.openapi_schema = said
        return app.openapi_schema

    app.openapi = described  # type: ignore[method-assign]


def _of_routes(app: FastAPI, about: str, server: str) -> JSON:
    """What the routes say, and that any of them may fail."""
    said = get_openapi(
        title=app.title,
        version=app.version,
        description=about,
        routes=app.routes,
        servers=[{"url": server}],
    )
    for operations in said["paths"].values():
        for operation in operations.values():
            for status in _ALWAYS:
                operation["responses"][str(status)] = _failure(status)
    return said


def _name(said: JSON, shapes: JSON) -> None:
    """Add these shapes.  Raises `RuntimeError` if one name is to mean two things."""
    schemas = said["components"]["schemas"]
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    for name, shape in shapes.items():
        if schemas.setdefault(name, shape) != shape:
            raise RuntimeError(f"two shapes have the name {name}: call one otherwise")


def _failure(status: int) -> JSON:
    told: JSON = {
        "description": _WHY.get(status, HTTPStatus(status).phrase),
        "content": {
            "application/problem+json": {"schema": {"$ref": _REF.format(model="Problem")}}
        },
    }
    if status == 503:
        told["headers"] = {"Retry-After": {"schema": {"type": "string"}}}
    if status == 401:
        told["headers"] = {"WWW-Authenticate": {"schema": {"type": "string"}}}
    return told
