"""docs/ADAPTERS.md is true: each example is run, and is told "held, not sent"."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from langchain_core.messages import AIMessage
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import START, MessagesState, StateGraph
from mcp import Client, StdioServerParameters
from pydantic_ai.models.function import FunctionModel

from deploy.readme import block
from outbox import Email
from outbox.adapters.ways import Way
from tests.adapters import documented
from tests.adapters.conftest import HELD, MAIL
from tests.adapters.djangos import django_on
from tests.adapters.offering import NAMED
from tests.adapters.test_langchain import Billing, Scripted, calling
from tests.adapters.test_mcp import said
from tests.adapters.test_openai_agents import Scripted as ScriptedForOpenAI
from tests.adapters.test_pydantic_ai import following

TEXT = documented.PAGE.read_text("utf-8")


def run(name: str, **given: Any) -> dict[str, Any]:
    """What the example of this name leaves behind."""
    _, code = block(TEXT, name).split("\n", 1)
    names: dict[str, Any] = {"Email": Email, **given}
    exec(code.rpartition("```")[0], names)
    return names


@pytest.fixture
def site(agents: str) -> Iterator[None]:
    with django_on(agents):
        yield


def test_its_tables_are_those_of_the_code() -> None:
    assert block(TEXT, "tools") == documented.offered()
    assert block(TEXT, "sentences") == documented.sentences()


def test_its_client_of_mcp_proposes(intake: str, token: str) -> None:
    written = json.loads(block(TEXT, "mcp").removeprefix("```json").strip().removesuffix("```"))
    server = written["mcpServers"]["holdshort"]
    server["env"] |= {"HOLDSHORT_INTAKE_URL": intake, "HOLDSHORT_TOKEN": token}
    assert server.pop("command") == "holdshort"
    args = ["-m", "deploy.cli", *server.pop("args")]
    named = StdioServerParameters(command=sys.executable, args=args, **server)

    async def propose() -> str:
        async with Client(named) as client:
            return said(await client.call_tool("propose_intent", NAMED))

    assert asyncio.run(propose()).startswith(HELD)


def test_its_tools_of_langchain_propose(way: Way) -> None:
    model = Scripted(responses=[calling("call-1", **NAMED), AIMessage(content="done")])
    left = run("langchain", way=way, model=model)
    graph = StateGraph(MessagesState).add_node("tools", left["tools"]).add_edge(START, "tools")

    ended = graph.compile().invoke({"messages": [left["model"].invoke("remind Ada")]})

    assert ended["messages"][-1].content.startswith(HELD)


def test_its_node_of_langgraph_rests(way: Way) -> None:
    left = run("langgraph", way=way, letter={name: MAIL[name] for name in MAIL})
    graph = StateGraph(Billing).add_node("remind", left["remind"]).add_edge(START, "remind")

    resting = graph.compile(checkpointer=InMemorySaver()).invoke(
        {"invoice": 7}, {"configurable": {"thread_id": "1"}}
    )

    assert resting["__interrupt__"][0].value["said"].startswith(HELD)


def test_its_agent_of_openai_proposes(way: Way) -> None:
    from agents import RunConfig, Runner

    model = ScriptedForOpenAI(json.dumps({"artifact": MAIL}))
    left = run("openai", way=way, model=model)

    config = RunConfig(tracing_disabled=True)
    ended = asyncio.run(Runner.run(left["agent"], "remind Ada", run_config=config))

    assert str(ended.new_items[1].output).startswith(HELD)


@pytest.mark.usefixtures("loop")
def test_its_agent_of_pydantic_ai_proposes(way: Way) -> None:
    left = run("pydantic", way=way, model=FunctionModel(following({"artifact": MAIL})))

    ended = left["agent"].run_sync("remind Ada")

    assert HELD in str(ended.all_messages()[2])


def test_its_mail_of_django_is_held(site: None, capsys: pytest.CaptureFixture[str]) -> None:
    run("django")

    assert capsys.readouterr().out.startswith("held, not sent: intent 1 waits")
