"""The OpenAI Agents SDK, with a model that follows a script; nothing leaves this machine."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

from agents import Agent, Model, ModelResponse, RunConfig, Runner, RunResult, Usage
from openai.types.responses import (
    ResponseFunctionToolCall,
    ResponseOutputMessage,
    ResponseOutputText,
)

from outbox.adapters.openai_agents import openai_tools
from outbox.adapters.ways import Way
from outbox.store import Connection
from tests.adapters.conftest import HELD, MAIL
from tests.adapters.offering import NAMED, count


class Scripted(Model):
    """Calls what it was told to, and then says that it is done."""

    def __init__(self, *calls: str) -> None:
        self._left = list(calls)

    async def get_response(self, *given: Any, **named: Any) -> ModelResponse:
        said = self._call() if self._left else _done()
        return ModelResponse(output=[said], usage=Usage(), response_id=None)

    def stream_response(self, *given: Any, **named: Any) -> AsyncIterator[Any]:
        raise NotImplementedError

    def _call(self) -> ResponseFunctionToolCall:
        arguments = self._left.pop(0)
        return ResponseFunctionToolCall(
            type="function_call",
            name="propose_intent",
            call_id=f"call-{len(self._left)}",
            arguments=arguments,
        )


def _done() -> ResponseOutputMessage:
    text = ResponseOutputText(type="output_text", text="done", annotations=[])
    return ResponseOutputMessage(
        id="1", type="message", role="assistant", status="completed", content=[text]
    )


def answers(way: Way, *calls: str, **given: Any) -> list[str]:
    async def run() -> RunResult:
        billing = Agent(
            name="billing", model=Scripted(*calls), tools=[*openai_tools(way, **given)]
        )
        config = RunConfig(tracing_disabled=True)
        return await Runner.run(billing, "remind Ada", run_config=config)

    ended = asyncio.run(run())
    return [str(one.output) for one in ended.new_items if one.type == "tool_call_output_item"]


def test_an_agent_proposes_and_is_told_held_not_sent(way: Way) -> None:
    [told] = answers(way, json.dumps(NAMED))

    assert told.startswith(HELD)


def test_an_agent_that_plans_anew_proposes_nothing_new(way: Way, db: Connection) -> None:
    reworded = {**NAMED, "artifact": {**MAIL, "text": "Dear Ada, it is ready."}}
    answers(way, json.dumps(NAMED))

    same, other = answers(way, json.dumps(NAMED), json.dumps(reworded))

    assert same.startswith(HELD)
    assert other.startswith("refused: your key invoice-7 names version 1 of intent 1 already")
    assert count(db) == 1


def test_whoever_runs_it_for_one_matter_names_it(way: Way, db: Connection) -> None:
    plain = json.dumps({"artifact": MAIL})

    first, named = answers(way, plain, json.dumps(NAMED), key="invoice-7")

    assert first.startswith(HELD)
    assert named.startswith("refused: key: Extra inputs are not permitted")


def test_what_a_model_gets_wrong_it_is_told(way: Way, db: Connection) -> None:
    told = answers(way, "no JSON", "", json.dumps({"key": "x"}))

    assert [one.split(":")[0] for one in told] == ["refused", "refused", "refused"]
    assert count(db) == 0
