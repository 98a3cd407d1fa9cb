"""The tools of an agent, as data: every adapter offers exactly these, and words none itself.

    tools(by_intake("https://intake.example.com", token))

The idempotency key is what keeps an agent that plans anew from proposing twice.  No id of a
framework will do: a new plan has new ones of calls and of runs.  Neither will a digest of the
bytes: a new plan words the same mail otherwise, and the same words may be meant twice.  So the
key is the name of the *matter*.  Whoever runs an agent for one matter names it, by `key`, and
the model has no say in it; else the model names each, and is told how.  The same key with
other bytes is refused, and says what is there already.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import psycopg
from pydantic import BaseModel, ValidationError

from outbox.adapters import asking
from outbox.adapters.acting import Acting
from outbox.adapters.saying import Listed, Standing, refused
from outbox.adapters.ways import Way
from outbox.errors import BadArtifact, HoldshortError
from outbox.explaining import explain
from outbox.fields import first_refused
from outbox.intent import CHANNELS

Answer = Standing | Listed


class Refused(Exception):
    """The tool has not done it; the message is for the model."""


@dataclass(frozen=True, slots=True)
class Tool:
    """One thing that an agent may do."""

    name: str
    meaning: str
    """What the model is told of it."""
    takes: type[BaseModel]
    gives: type[BaseModel]
    act: Callable[[Any], Answer]
    reads: bool = False
    """It changes nothing."""
    takes_away: bool = False
    """What was there before is not, afterwards."""

    def __call__(self, arguments: Mapping[str, Any] | str) -> Answer:
        """Do it with these arguments: JSON, or what was read from it.  Raises `Refused`."""
        try:
            return self.act(self._taken(arguments))
        except (HoldshortError, psycopg.Error) as error:
            known = explain(error)
            if known is None:
                raise
            raise Refused(refused(known)) from error

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON Schema of its arguments."""
        return self.takes.model_json_schema()

    def _taken(self, arguments: Mapping[str, Any] | str) -> BaseModel:
        written = arguments if isinstance(arguments, str) else json.dumps(arguments)
        try:
            return self.takes.model_validate_json(written)
        except ValidationError as refusal:
            where, why = first_refused(refusal, but=CHANNELS)
            raise BadArtifact(f"{where or 'arguments'}: {why}") from None


def tools(
    way: Way, *, key: str | None = None, pause: Callable[[float], None] = time.sleep
) -> tuple[Tool, ...]:
    """Everything that an agent may do; with `key`, the name of the one matter it is run for."""
    acting = Acting(way, key=key or "", pause=pause)
    named = asking.Propose if key is not None else asking.ProposeNamed
    return (
        Tool("propose_intent", _PROPOSE, named, Standing, acting.propose),
        Tool("get_intent", _GET, asking.One, Standing, acting.get, reads=True),
        Tool("list_intents", _LIST, asking.Some, Listed, acting.list, reads=True),
        Tool("edit_intent", _EDIT, asking.Edit, Standing, acting.edit, takes_away=True),
        Tool(
            "withdraw_intent",
            _WITHDRAW,
            asking.Withdraw,
            Standing,
            acting.withdraw,
            takes_away=True,
        ),
        Tool("wait_for_decision", _WAIT, asking.Wait, Standing, acting.wait, reads=True),
    )


_PROPOSE = (
    "Propose to send something to people outside. It is held, not sent: a person has to approve"
    " exactly these bytes first. Proposing the same again under the same key changes nothing."
    " If you may have proposed it before, look with list_intents first."
)
_GET = "Where one of your intents stands, and, if a person said no or asks for changes, why."
_LIST = "What you have proposed, the newest first, each with its key."
_EDIT = (
    "Put another version in place of one of your intents that has not left yet. It is held,"
    " scored and approved anew."
)
_WITHDRAW = "Take one of your intents back before it leaves."
_WAIT = "Wait until a person has decided on one of your intents, or the time is over."
