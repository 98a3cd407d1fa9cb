"""The MCP server over HTTP, by the real client of the package."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import partial

import httpx2
import pytest
from mcp import Client
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult

from deploy.serving import serving
from outbox import tokens
from outbox.adapters.mcp import on_http
from outbox.adapters.ways import by_database
from outbox.store import Connection
from outbox.tokens import Kind
from tests.adapters.conftest import HELD
from tests.adapters.offering import NAMED
from tests.adapters.test_mcp import Mode, said
from tests.parts import journey
from tests.parts.journey import HOUR


@asynccontextmanager
async def over_http(url: str, token: str, mode: Mode = "auto") -> AsyncIterator[Client]:
    shown = {"Authorization": f"Bearer {token}"}
    async with (
        httpx2.AsyncClient(headers=shown) as http,
        Client(streamable_http_client(url, http_client=http), mode=mode) as client,
    ):
        yield client


@pytest.fixture
def served(agents: str) -> Iterator[str]:
    """Where the server is that speaks HTTP."""
    app = on_http(partial(by_database, agents))
    with serving(app, "127.0.0.1:0", setting="tests") as port:
        yield f"http://127.0.0.1:{port}/mcp"


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_over_http_each_client_is_the_agent_whose_token_it_shows(
    served: str, token: str, db: Connection, mode: Mode
) -> None:
    shipping = tokens.make(
        db, Kind.AGENT, "shipping", tenant="default", valid_for=HOUR, actor="ada"
    )

    async def propose() -> tuple[CallToolResult, CallToolResult]:
        async with over_http(served, token, mode) as client:
            proposed = await client.call_tool("propose_intent", NAMED)
        async with over_http(served, shipping.token, mode) as client:
            return proposed, await client.call_tool("get_intent", {"intent": 1})

    proposed, looked = asyncio.run(propose())

    assert said(proposed).startswith(HELD)
    assert looked.is_error
    assert "you have not proposed an intent 1" in said(looked)


def test_over_http_nobody_is_heard_without_a_token(served: str) -> None:
    async def ask(headers: dict[str, str]) -> int:
        async with httpx2.AsyncClient(headers=headers) as http:
            return (await http.post(served, json={})).status_code

    assert asyncio.run(ask({})) == 401
    assert asyncio.run(ask({"Authorization": "Basic YTpi"})) == 401


def test_who_waits_is_told_of_the_decision(served: str, token: str, db: Connection) -> None:
    async def wait() -> CallToolResult:
        async with over_http(served, token) as client:
            await client.call_tool("propose_intent", NAMED)
            waiting = client.call_tool("wait_for_decision", {"intent": 1, "seconds": 60})
            told = asyncio.create_task(waiting)
            await asyncio.to_thread(journey.score_and_route, db)
            await asyncio.to_thread(journey.approve, db, 1)
            return await told

    assert said(asyncio.run(wait())).startswith("not sent yet: a person has approved intent 1")
