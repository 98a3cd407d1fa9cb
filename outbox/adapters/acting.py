"""What the tools do, by whatever way to Holdshort they were given."""

from __future__ import annotations

from collections.abc import Callable

from outbox.adapters import asking
from outbox.adapters.saying import Listed, Standing
from outbox.adapters.ways import Acts, Known, Way
from outbox.agents import Edited
from outbox.errors import Conflict
from outbox.intent import Proposal
from outbox.words import UNDECIDED

PAGE = 20
"""How many intents a model is told of at once."""
LOOK_EVERY = 1.0
"""Seconds between two looks of whoever waits."""
_LATELY = 200
"""Among how many of its newest the one is looked for that has a key already."""


class Acting:
    """One agent; each method is a tool, and raises what `outbox.agents.Agent` does."""

    def __init__(self, way: Way, *, key: str, pause: Callable[[float], None]) -> None:
        self._way = way
        self._key = key
        self._pause = pause

    def propose(self, asked: asking.Propose) -> Standing:
        key = asked.key if isinstance(asked, asking.ProposeNamed) else self._key
        proposal = Proposal(artifact=asked.artifact, key=key, producer="")
        with self._way() as agent:
            try:
                found, _ = agent.propose(proposal)
            except Conflict as error:
                raise _taken(agent, key, error) from None
            return _standing(agent, found.id)

    def get(self, asked: asking.One) -> Standing:
        with self._way() as agent:
            return _standing(agent, asked.intent)

    def list(self, asked: asking.Some) -> Listed:
        with self._way() as agent:
            return Listed.of(*agent.page(before=asked.before, size=PAGE))

    def edit(self, asked: asking.Edit) -> Standing:
        with self._way() as agent:
            found, _ = agent.look(asked.intent)
            if found.version != asked.version:
                raise Edited(f"intent {found.id} is version {found.version} by now")
            agent.edit(asked.intent, asked.artifact, digest=found.digest)
            return _standing(agent, asked.intent)

    def withdraw(self, asked: asking.Withdraw) -> Standing:
        with self._way() as agent:
            return Standing.of(agent.withdraw(asked.intent, reason=asked.reason))

    def wait(self, asked: asking.Wait) -> Standing:
        left = float(asked.seconds)
        while True:
            with self._way() as agent:
                found = _standing(agent, asked.intent)
            if found.state not in UNDECIDED or left <= 0:
                return found
            self._pause(min(left, LOOK_EVERY))
            left -= LOOK_EVERY


def _standing(agent: Acts, id: int) -> Standing:
    return Standing.of(*agent.look(id))


def _taken(agent: Acts, key: str, error: Conflict) -> Conflict:
    """The refusal, with what the key names if that is the agent's own."""
    newest, _ = agent.page(before=None, size=_LATELY)
    own: list[Known] = [one for one in newest if one.key == key]
    if not own:
        return error
    there = Standing.of(own[0])
    return Conflict(
        f"your key {key} names version {there.version} of intent {there.intent} already, with"
        f" other bytes; to change it use edit_intent. What is there is {there.said}"
    )
