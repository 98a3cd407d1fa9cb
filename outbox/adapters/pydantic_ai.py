"""A toolset for Pydantic AI.

Agent(model, toolsets=[toolset(by_intake(url, token))])
"""

from __future__ import annotations

from typing import Any

from pydantic_ai import FunctionToolset, Tool, ToolFailed, ToolReturn

from outbox.adapters import tools
from outbox.adapters.ways import Way


def toolset(way: Way, *, key: str | None = None) -> FunctionToolset[Any]:
    """Every tool; the `metadata` of what it returns is where the intent stands.

    `key` as in `tools`.
    """
    return FunctionToolset([_tool(one) for one in tools.tools(way, key=key)], id="holdshort")


def _tool(one: tools.Tool) -> Tool[Any]:
    def call(**arguments: Any) -> ToolReturn[str]:
        try:
            answer = one(arguments)
        except tools.Refused as error:
            raise ToolFailed(str(error)) from error
        return ToolReturn(answer.said, metadata=answer)

    return Tool.from_schema(call, one.name, one.meaning, one.schema)
