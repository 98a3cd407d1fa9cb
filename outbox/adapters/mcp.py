"""A server of the Model Context Protocol, by the `mcp` package: `holdshort mcp`.

Over stdio there is one client, and the token is the server's.  Over HTTP each request brings
the token of its own agent, and the server has none.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib.metadata import version
from typing import Any

import anyio
import mcp_types as types
from mcp.server import Server, ServerRequestContext
from mcp.server.stdio import stdio_server
from mcp.server.transport_security import TransportSecuritySettings
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from outbox.adapters.tools import Refused, Tool, tools
from outbox.adapters.ways import Way

Ways = Callable[[str], Way]
"""The way of the agent with this token."""
PATH = "/mcp"
INSTRUCTIONS = (
    "What is proposed here is held until a person approves exactly its bytes: proposing is not"
    " sending, and no tool sends. Do not send the same thing by any other means."
)
_AT_ONCE = 256
"""How many calls are answered at a time; one that waits for a person is one of them."""
_LARGEST = 32 * 2**20
"""Bytes of a request: an artifact, as base64 in JSON."""


def on_stdio(way: Way) -> None:
    """Serve the one client at stdin and stdout, until it closes them."""
    offered = tools(way, pause=_pause)
    anyio.run(_on_stdio, _server(lambda _: offered))


def on_http(ways: Ways) -> ASGIApp:
    """The application; each request shows a token of its own, as `Authorization: Bearer`."""
    served = _server(lambda request: tools(ways(_token(request.headers)), pause=_pause))
    app = served.streamable_http_app(
        streamable_http_path=PATH,
        stateless_http=True,  # the next request may show another agent's token
        max_request_body_size=_LARGEST,
        # No page of a browser knows a token, wherever it was told that this machine is.
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    return _Gate(app)


class _Gate:
    """Nobody gets further without a token; the database says for each act what it is worth."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer: ASGIApp = self._app
        if scope["type"] == "http" and not _token(Headers(scope=scope)):
            challenge = {"WWW-Authenticate": "Bearer"}
            answer = PlainTextResponse("show an agent's token\n", 401, challenge)
        await answer(scope, receive, send)


async def _on_stdio(served: Server[Any]) -> None:
    async with stdio_server() as (said, answered):
        await served.run(said, answered, served.create_initialization_options())


def _server(offered: Callable[[Any], tuple[Tool, ...]]) -> Server[Any]:
    """What is offered may depend on the request that asks; over stdio that is None."""
    room = anyio.CapacityLimiter(_AT_ONCE)

    async def list_tools(
        context: ServerRequestContext[Any], _: types.PaginatedRequestParams | None
    ) -> types.ListToolsResult:
        return types.ListToolsResult(
            tools=[_described(one) for one in offered(context.request)]
        )

    async def call_tool(
        context: ServerRequestContext[Any], asked: types.CallToolRequestParams
    ) -> types.CallToolResult:
        named = {one.name: one for one in offered(context.request)}
        if asked.name not in named:
            return _no(f"refused: there is no tool {asked.name}.")
        call = partial(_answered, named[asked.name], asked.arguments or {})
        return await anyio.to_thread.run_sync(call, limiter=room)

    return Server(
        "holdshort",
        version=version("holdshort"),
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def _described(one: Tool) -> types.Tool:
    return types.Tool(
        name=one.name,
        description=one.meaning,
        input_schema=one.schema,
        output_schema=one.gives.model_json_schema(mode="serialization"),
        annotations=types.ToolAnnotations(
            read_only_hint=one.reads,
            destructive_hint=one.takes_away,
            idempotent_hint=True,
            open_world_hint=False,
        ),
    )


def _answered(one: Tool, arguments: dict[str, Any]) -> types.CallToolResult:
    try:
        answer = one(arguments)
    except Refused as error:
        return _no(str(error))
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=answer.said)],
        structured_content=answer.model_dump(mode="json"),
    )


def _no(why: str) -> types.CallToolResult:
    return types.CallToolResult(
        content=[types.TextContent(type="text", text=why)], is_error=True
    )


def _token(headers: Any) -> str:
    kind, _, token = headers.get("authorization", "").partition(" ")
    return str(token) if kind.lower() == "bearer" else ""


def _pause(seconds: float) -> None:
    """Of a call in its thread: it ends with the call, whose client may have gone."""
    anyio.from_thread.check_cancelled()  # a sleep that begins afterwards is not cancelled
    anyio.from_thread.run(anyio.sleep, seconds)
