"""Pydantic AI, with a model that follows a script."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic_ai import Agent
from pydantic_ai.messages import (
    ModelMessage,
    ModelResponse,
    TextPart,
    ToolCallPart,
    ToolReturnPart,
)
from pydantic_ai.models.function import AgentInfo, FunctionModel

from outbox.adapters.pydantic_ai import toolset
from outbox.adapters.ways import Way
from outbox.store import Connection
from tests.adapters.conftest import HELD, MAIL
from tests.adapters.offering import NAMED, count

pytestmark = pytest.mark.usefixtures("loop")


def following(*calls: dict[str, Any]) -> Callable[..., ModelResponse]:
    """A script of what to propose."""
    left = list(calls)

    def follow(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        if not left:
            return ModelResponse(parts=[TextPart("done")])
        return ModelResponse(parts=[ToolCallPart("propose_intent", left.pop(0))])

    return follow


def answers(way: Way, *calls: dict[str, Any], **given: Any) -> list[ToolReturnPart]:
    billing = Agent(FunctionModel(following(*calls)), toolsets=[toolset(way, **given)])
    ended = billing.run_sync("remind Ada")
    parts = [part for message in ended.all_messages() for part in message.parts]
    return [part for part in parts if isinstance(part, ToolReturnPart)]


def test_an_agent_proposes_and_is_told_held_not_sent(way: Way) -> None:
    [told] = answers(way, NAMED)

    assert str(told.content).startswith(HELD)
    assert told.metadata.intent == 1


def test_an_agent_that_plans_anew_proposes_nothing_new(way: Way, db: Connection) -> None:
    reworded = {**NAMED, "artifact": {**MAIL, "text": "Dear Ada, it is ready."}}
    answers(way, NAMED)

    same, other = answers(way, NAMED, reworded)

    assert str(same.content).startswith(HELD)
    assert (other.outcome, "names version 1 of intent 1" in str(other.content)) == (
        "failed",
        True,
    )
    assert count(db) == 1


def test_whoever_runs_it_for_one_matter_names_it(way: Way) -> None:
    first, named = answers(way, {"artifact": MAIL}, NAMED, key="invoice-7")

    assert str(first.content).startswith(HELD)
    assert str(named.content).startswith("refused: key: Extra inputs are not permitted")


def test_the_model_is_shown_what_a_key_is(way: Way) -> None:
    shown: list[AgentInfo] = []

    def look(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        shown.append(info)
        return ModelResponse(parts=[TextPart("done")])

    Agent(FunctionModel(look), toolsets=[toolset(way)]).run_sync("remind Ada")

    [propose] = [one for one in shown[0].function_tools if one.name == "propose_intent"]
    named = propose.parameters_json_schema["properties"]["key"]
    assert named["description"].startswith("The name of the matter")
