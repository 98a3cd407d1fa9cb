"""LangChain's tools and LangGraph's interrupts, with a model that follows a script."""

from __future__ import annotations

from typing import Any, TypedDict

import pytest
from langchain_core.language_models.fake_chat_models import FakeMessagesListChatModel
from langchain_core.messages import AIMessage, ToolCall, ToolMessage
from langchain_core.runnables import Runnable
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.graph import END, START, MessagesState, StateGraph
from langgraph.prebuilt import ToolNode, tools_condition
from langgraph.types import Command

from outbox.adapters.langchain import langchain_tools
from outbox.adapters.langgraph import decided
from outbox.adapters.ways import Way
from outbox.store import Connection
from tests.adapters.conftest import HELD, MAIL
from tests.adapters.offering import NAMED, count
from tests.parts import journey


class Scripted(FakeMessagesListChatModel):
    """Says what it was told to, whatever it may call."""

    def bind_tools(self, tools: Any, **kwargs: Any) -> Runnable[Any, AIMessage]:
        return self


def calling(call_id: str, **arguments: Any) -> AIMessage:
    call = ToolCall(name="propose_intent", args=arguments, id=call_id)
    return AIMessage(content="", tool_calls=[call])


def agent(way: Way, *script: AIMessage) -> Any:
    """A model and its tools, in turns, as `create_agent` builds them."""
    offered = langchain_tools(way)
    model = Scripted(responses=[*script, AIMessage(content="done")]).bind_tools(offered)
    graph = StateGraph(MessagesState)
    graph.add_node("model", lambda state: {"messages": [model.invoke(state["messages"])]})
    graph.add_node("tools", ToolNode(offered))
    graph.add_edge(START, "model")
    graph.add_conditional_edges("model", tools_condition)
    graph.add_edge("tools", "model")
    return graph.compile()


def answers(way: Way, *script: AIMessage) -> list[ToolMessage]:
    ended = agent(way, *script).invoke({"messages": [("user", "remind Ada")]})
    return [one for one in ended["messages"] if isinstance(one, ToolMessage)]


def test_an_agent_proposes_and_is_told_held_not_sent(way: Way) -> None:
    [told] = answers(way, calling("call-1", **NAMED))

    assert str(told.content).startswith(HELD)
    assert told.status == "success"
    assert told.artifact.intent == 1


def test_an_agent_that_plans_anew_proposes_nothing_new(way: Way, db: Connection) -> None:
    reworded = {**NAMED, "artifact": {**MAIL, "text": "Dear Ada, it is ready."}}
    answers(way, calling("call-1", **NAMED))

    same, other = answers(way, calling("call-2", **NAMED), calling("call-3", **reworded))

    assert str(same.content).startswith(HELD)
    assert other.status == "error"
    assert "your key invoice-7 names version 1 of intent 1 already" in str(other.content)
    assert count(db) == 1


def test_what_a_model_gets_wrong_it_is_told(way: Way, db: Connection) -> None:
    [told] = answers(way, calling("call-1", artifact=MAIL))

    assert told.status == "error"
    assert str(told.content).startswith("refused: key: Field required")
    assert count(db) == 0


class Billing(TypedDict, total=False):
    invoice: int
    outcome: str


def graph(way: Way) -> Any:
    def send(state: Billing) -> Billing:
        key = f"invoice-{state['invoice']}"
        return {"outcome": decided(way, artifact=journey.mail(), key=key).said}

    builder = StateGraph(Billing)
    builder.add_node("send", send)
    builder.add_edge(START, "send")
    builder.add_edge("send", END)
    return builder.compile(checkpointer=InMemorySaver())


THREAD: Any = {"configurable": {"thread_id": "1"}}


def test_a_graph_rests_until_a_person_has_decided_and_proposes_once(
    way: Way, db: Connection
) -> None:
    billing = graph(way)
    resting = billing.invoke({"invoice": 7}, THREAD)
    [interrupted] = resting["__interrupt__"]
    journey.score_and_route(db)
    journey.approve(db, 1)

    ended = billing.invoke(Command(resume=True), THREAD)

    assert interrupted.value["said"].startswith(HELD)
    assert ended["outcome"].startswith("not sent yet: a person has approved intent 1")
    assert count(db) == 1


@pytest.mark.parametrize("word", ["approved", True, {"decision": "approve"}])
def test_whoever_resumes_a_graph_decides_nothing_by_it(
    way: Way, db: Connection, word: Any
) -> None:
    billing = graph(way)
    billing.invoke({"invoice": 7}, THREAD)

    billing.invoke(Command(resume=word), THREAD)
    still = billing.invoke(Command(resume=word), THREAD)

    assert still["__interrupt__"][0].value["state"] == "submitted"
    assert "outcome" not in still
    assert count(db) == 1
