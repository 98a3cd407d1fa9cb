"""The MCP server over stdio, by the real client of the package."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from typing import Any, Literal

import pytest
from mcp import Client, StdioServerParameters
from mcp_types import CallToolResult, TextContent

from outbox.adapters.ways import by_database
from outbox.store import Connection
from tests.adapters.conftest import HELD, MAIL
from tests.adapters.offering import NAMED, call
from tests.deploy.command import holdshort

CLIENT = {"name": "tests", "version": "1"}
Mode = Literal["auto", "legacy"]


def on_stdio(**settings: str) -> StdioServerParameters:
    named = {f"HOLDSHORT_{name.upper()}": value for name, value in settings.items()}
    return StdioServerParameters(
        command=sys.executable, args=["-m", "deploy.cli", "mcp"], env=named
    )


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
    agents: str, token: str
) -> None:
    async def look() -> tuple[Any, str | None]:
        async with Client(on_stdio(dsn=agents, token=token)) as client:
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


def test_a_refusal_is_an_error_of_the_tool_that_says_why(agents: str, token: str) -> None:
    async def ask() -> list[CallToolResult]:
        async with Client(on_stdio(dsn=agents, token=token)) as client:
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


def test_a_server_that_is_nobody_says_how_to_become_somebody(agents: str) -> None:
    done = holdshort("mcp", dsn=agents)

    assert (done.code, done.out) == (2, "")
    assert "HOLDSHORT_TOKEN is not set" in done.err
    assert "holdshort token create agent" in done.err


def lines(*said: dict[str, Any]) -> str:
    return "".join(f"{json.dumps({'jsonrpc': '2.0', **one})}\n" for one in said)


HELLO = {"protocolVersion": "2025-11-25", "capabilities": {}, "clientInfo": CLIENT}
WAIT = {"name": "wait_for_decision", "arguments": {"intent": 1, "seconds": 300}}


def test_a_server_whose_client_goes_ends_in_the_midst_of_waiting(
    agents: str, token: str
) -> None:
    call(by_database(agents, token), "propose_intent", **NAMED)
    server = on_stdio(dsn=agents, token=token)
    command = [server.command, *server.args]
    said = lines(
        {"id": 1, "method": "initialize", "params": HELLO},
        {"method": "notifications/initialized"},
        {"id": 2, "method": "tools/call", "params": WAIT},
    )

    done = subprocess.run(
        command,
        env={**os.environ, **(server.env or {})},
        input=said,  # and then its client has gone
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert '"id":1' in done.stdout
    assert "held, not sent" not in done.stdout
