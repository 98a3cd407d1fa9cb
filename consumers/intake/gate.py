"""Nobody gets further than here without an agent's token: nothing of a request is read before.

The token is looked up by its hash; each act asks the database for it again.
"""

from __future__ import annotations

import re
from typing import cast

import psycopg
from fastapi import Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from consumers import problems
from consumers.intake.connections import Connections
from outbox import metrics
from outbox.agents import Agent
from outbox.errors import HoldshortError
from outbox.tokens import TokenUnknown, hash_of

PUBLIC = "/v1/openapi.json"
_BEARER = re.compile(r"(?i:bearer) (holdshort_agent_[A-Za-z0-9_-]{43})")
_ALWAYS = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}


class Gate:
    """Lets agents in, and tells everybody else why not."""

    def __init__(self, app: ASGIApp, *, connections: Connections) -> None:
        self._app = app
        self._connections = connections

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_ALWAYS)
                metrics.answered("intake", message["status"])
            await send(message)

        if scope["path"] == PUBLIC:
            await self._app(scope, receive, marked)
            return
        try:
            await run_in_threadpool(self._admit, scope)
        except (HoldshortError, psycopg.Error) as error:
            await problems.of(error)(scope, receive, marked)
        else:
            await self._app(scope, receive, marked)

    def _admit(self, scope: Scope) -> None:
        shown = _BEARER.fullmatch(Headers(scope=scope).get("authorization", ""))
        if shown is None:
            raise TokenUnknown("there is no agent's token with this request")
        token = hash_of(shown[1])
        with self._connections.one() as connection:
            Agent(connection, token).check()
        scope.setdefault("state", {})["token"] = token


def token_of(request: Request) -> bytes:
    """The hash of the token that was let in."""
    return cast(bytes, request.state.token)
