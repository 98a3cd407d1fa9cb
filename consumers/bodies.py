"""How much of a request is read, and for how long, whatever it says; then what it means."""

from __future__ import annotations

import asyncio
import datetime as dt
from http import HTTPStatus
from typing import TypeVar

from fastapi import Request
from pydantic import BaseModel, ValidationError
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from consumers.problems import SOON, Refused, first_of

Model = TypeVar("Model", bound=BaseModel)

WITHIN = dt.timedelta(seconds=30)
"""How long a client may take to send a body."""
AT_ONCE = 128 * 2**20
"""Bytes of all bodies together that are read, or answered, at one time."""


class Bounded:
    """Reads no more than `most` bytes of a body, and not for longer than `WITHIN`."""

    def __init__(self, app: ASGIApp, *, most: int) -> None:
        self._app = app
        self._most = most
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        reading = _Reading(self, scope, receive)
        try:
            await self._app(scope, reading.receive, send)
        finally:
            self._held -= reading.held

    def take(self, bytes: int, so_far: int) -> None:
        """Raises `Refused` if these would be too many."""
        if so_far > self._most:
            raise Refused(
                HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                f"the body has more than {self._most} bytes",
                "link to large files instead of attaching them",
                {"Connection": "close"},
            )
        if self._held + bytes > AT_ONCE:
            why = "too much is being sent here at one time"
            headers = {**SOON, "Connection": "close"}
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, why, "ask again later", headers)
        self._held += bytes

    @property
    def most(self) -> int:
        return self._most


class _Reading:
    """One body."""

    def __init__(self, bounds: Bounded, scope: Scope, receive: Receive) -> None:
        self._bounds = bounds
        self._receive = receive
        self._until = asyncio.get_running_loop().time() + WITHIN.total_seconds()
        self._length = Headers(scope=scope).get("content-length", "")
        self._whole = False
        self.held = 0

    async def receive(self) -> Message:
        if self._whole:  # what comes now is that the client has gone
            return await self._receive()
        if self._length.isdecimal() and int(self._length) > self._bounds.most:
            self._bounds.take(0, int(self._length))
        message = await self._in_time()
        bytes = len(message.get("body", b""))
        self._bounds.take(bytes, self.held + bytes)
        self.held += bytes
        self._whole = not message.get("more_body", False)
        return message

    async def _in_time(self) -> Message:
        try:
            async with asyncio.timeout_at(self._until):
                return await self._receive()
        except TimeoutError:
            raise Refused(
                HTTPStatus.REQUEST_TIMEOUT,
                f"the body did not come whole within {WITHIN}",
                "send it again, faster; the same key is never sent twice",
                {"Connection": "close"},
            ) from None


async def json_body(request: Request) -> bytes:
    """The body, not parsed yet; a dependency.  Raises `Refused` if it says to be no JSON."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json":
        raise Refused(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"the body is {kind or 'of no type'}, not application/json",
            "send it as JSON: Content-Type: application/json",
        )
    return await request.body()


def read(model: type[Model], body: bytes) -> Model:
    """What the body means.  Raises `Refused`."""
    try:
        return model.model_validate_json(body)
    except ValidationError as bad:
        why, hint = first_of(bad), "mend what is named, and send it again"
        raise Refused(HTTPStatus.UNPROCESSABLE_ENTITY, why, hint) from None
