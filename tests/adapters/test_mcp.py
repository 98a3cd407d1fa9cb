"""The MCP server, by the real client of the package: over stdio and over HTTP."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import partial
from typing import Any, Literal

import httpx2
import pytest
from mcp import Client, StdioServerParameters
from mcp.client.streamable_http import streamable_http_client
from mcp_types import CallToolResult, TextContent

from deploy.serving import serving
from outbox import tokens
from outbox.adapters.mcp import on_http
from outbox.adapters.tools import tools
from outbox.adapters.ways import by_database
from outbox.store import Connection
from outbox.tokens import Kind
from tests.adapters.conftest import HELD, MAIL
from tests.deploy.command import holdshort
from tests.parts import journey
from tests.parts.journey import HOUR

NAMED = {"key": "invoice-7", "artifact": MAIL}
CLIENT = {"name": "tests", "version": "1"}
Mode = Literal["auto", "legacy"]


def on_stdio(**settings: str) -> StdioServerParameters:
    named = {f"HOLDSHORT_{name.upper()}": value for name, value in settings.items()}
    return StdioServerParameters(
        command=sys.executable, args=["-m", "deploy.cli", "mcp"], env=named
    )


@asynccontextmanager
async def over_http(url: str, token: str, mode: Mode = "auto") -> AsyncIterator[Client]:
    shown = {"Authorization": f"Bearer {token}"}
    async with (
        httpx2.AsyncClient(headers=shown) as http,
        Client(streamable_http_client(url, http_client=http), mode=mode) as client,
    ):
        yield client


@pytest.fixture
def served(login: str) -> Iterator[str]:
    """Where the server is that speaks HTTP."""
    app = on_http(partial(by_database, login))
    with serving(app, "127.0.0.1:0", setting="tests") as port:
        yield f"http://127.0.0.1:{port}/mcp"


def said(result: CallToolResult) -> str:
    [content] = result.content
    assert isinstance(content, TextContent)
    return content.text


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_a_client_on_stdio_proposes_and_is_told_held_not_sent(
    intake: str, token: str, db: Connection, mode: Mode
) -> None:
    async def propose() -> tuple[CallToolResult, CallToolResult]:
        async with Client(on_stdio(intake_url=intake, token=token), mode=mode) as client:
            return (
                await client.call_tool("propose_intent", NAMED),
                await client.call_tool("get_intent", {"intent": 1}),
            )

    proposed, looked = asyncio.run(propose())

    assert said(proposed).startswith(HELD)
    assert proposed.structured_content["intent"] == 1
    assert proposed.structured_content["state"] == "submitted"
    assert looked == proposed
    assert db.execute("SELECT state, producer FROM outbox.intent").fetchall() == [
        ("submitted", "billing")
    ]


def test_what_is_offered_says_what_it_does_and_none_of_it_decides(
    login: str, token: str
) -> None:
    async def look() -> tuple[Any, str | None]:
        async with Client(on_stdio(dsn=login, token=token)) as client:
            return (await client.list_tools()).tools, client.instructions

    offered, instructions = asyncio.run(look())

    hints = {
        one.name: (one.annotations.read_only_hint, one.annotations.destructive_hint)
        for one in offered
    }
    assert hints == {
        "propose_intent": (False, False),
        "get_intent": (True, False),
        "list_intents": (True, False),
        "edit_intent": (False, True),
        "withdraw_intent": (False, True),
        "wait_for_decision": (True, False),
    }
    assert offered[0].input_schema["required"] == ["artifact", "key"]
    assert "never\na random one" in offered[0].input_schema["properties"]["key"]["description"]
    assert "said" in offered[0].output_schema["required"]
    assert "no tool sends" in str(instructions)


def test_a_refusal_is_an_error_of_the_tool_that_says_why(login: str, token: str) -> None:
    async def ask() -> list[CallToolResult]:
        async with Client(on_stdio(dsn=login, token=token)) as client:
            await client.call_tool("propose_intent", NAMED)
            other = {**NAMED, "artifact": {**MAIL, "subject": "Another"}}
            return [
                await client.call_tool("propose_intent", other),
                await client.call_tool("propose_intent", {"key": "x"}),
                await client.call_tool("approve_intent", {"intent": 1}),
            ]

    answers = asyncio.run(ask())

    assert [one.is_error for one in answers] == [True, True, True]
    assert HELD in said(answers[0])
    assert said(answers[1]).startswith("refused: artifact: Field required")
    assert said(answers[2]) == "refused: there is no tool approve_intent."


def test_a_server_that_is_nobody_says_how_to_become_somebody(login: str) -> None:
    done = holdshort("mcp", dsn=login)

    assert (done.code, done.out) == (2, "")
    assert "HOLDSHORT_TOKEN is not set" in done.err
    assert "holdshort token create agent" in done.err


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


def test_a_server_whose_client_goes_ends_in_the_midst_of_waiting(
    login: str, token: str
) -> None:
    offered = {one.name: one for one in tools(by_database(login, token))}
    offered["propose_intent"](NAMED)
    server = on_stdio(dsn=login, token=token)
    hello = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": CLIENT}
    wait = {"name": "wait_for_decision", "arguments": {"intent": 1, "seconds": 300}}
    with subprocess.Popen(
        [server.command, *server.args],
        env={**os.environ, **(server.env or {})},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.writelines(
            f"{json.dumps({'jsonrpc': '2.0', **one})}\n"
            for one in (
                {"id": 1, "method": "initialize", "params": hello},
                {"method": "notifications/initialized"},
                {"id": 2, "method": "tools/call", "params": wait},
            )
        )
        process.stdin.flush()
        assert '"id":1' in process.stdout.readline()

        process.stdin.close()
        try:
            assert process.wait(timeout=20) == 0
        finally:
            process.kill()
