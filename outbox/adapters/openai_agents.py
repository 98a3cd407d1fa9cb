"""Tools for the OpenAI Agents SDK (the package `agents`).

Agent(name="billing", tools=[*openai_tools(by_intake(url, token))])
"""

from __future__ import annotations

import asyncio
from typing import Any

from agents import FunctionTool
from agents.tool_context import ToolContext

from outbox.adapters.tools import Refused, Tool, tools
from outbox.adapters.ways import Way


def openai_tools(way: Way, *, key: str | None = None) -> list[FunctionTool]:
    """Every tool; `key` as in `tools`."""
    return [_tool(one) for one in tools(way, key=key)]


def _tool(one: Tool) -> FunctionTool:
    async def call(_: ToolContext[Any], arguments: str) -> str:
        try:
            answer = await asyncio.to_thread(one, arguments or "{}")
        except Refused as error:
            return str(error)
        return answer.said

    return FunctionTool(
        name=one.name,
        description=one.meaning,
        params_json_schema=one.schema,
        on_invoke_tool=call,
        strict_json_schema=False,  # a strict one has no fields that may be left out
    )
