"""Tools for LangChain: what it binds to a model, and runs.

model.bind_tools(langchain_tools(by_intake(url, token)))
"""

from __future__ import annotations

from typing import Any

from langchain_core.tools import BaseTool, StructuredTool, ToolException

from outbox.adapters.tools import Answer, Refused, Tool, tools
from outbox.adapters.ways import Way


def langchain_tools(way: Way, *, key: str | None = None) -> list[BaseTool]:
    """Every tool; a message's `artifact` is where the intent stands.  `key` as in `tools`."""
    return [_tool(one) for one in tools(way, key=key)]


def _tool(one: Tool) -> BaseTool:
    def call(**arguments: Any) -> tuple[str, Answer]:
        try:
            answer = one(arguments)
        except Refused as error:
            raise ToolException(str(error)) from error
        return answer.said, answer

    return StructuredTool(
        name=one.name,
        description=one.meaning,
        args_schema=one.schema,
        func=call,
        response_format="content_and_artifact",
        handle_tool_error=True,
    )
