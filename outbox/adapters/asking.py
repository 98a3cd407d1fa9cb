"""What a model says to the tools: the schemas of their arguments are made of these."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from outbox.fields import OneLine
from outbox.intent import Artifact

_Number = Annotated[int, Field(ge=1, lt=2**63)]


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, use_attribute_docstrings=True)


class Propose(_Said):
    """What is to be sent."""

    artifact: Artifact
    """Exactly what is to leave.  A person reads all of it and approves these bytes, or not."""


class ProposeNamed(Propose):
    """What is to be sent, and for what matter."""

    key: Annotated[OneLine, Field(min_length=1, max_length=200)]
    """The name of the matter, made of its own facts and nothing else, like
    `invoice-2041-second-reminder`.  Whoever starts over must find the same name again: never
    a random one, a time, or the number of a try.  The same key never sends twice."""


class One(_Said):
    """Which of your intents."""

    intent: _Number
    """The number that propose_intent has told you."""


class Some(_Said):
    """Which part of the list."""

    before: _Number | None = None
    """Only those with a smaller number; leave it out for the newest."""


class Edit(One):
    """Another version of it."""

    version: Annotated[int, Field(ge=1)]
    """The version in whose place this comes, as get_intent says it."""
    artifact: Artifact
    """All of what is to leave instead."""


class Withdraw(One):
    """What to take back."""

    reason: Annotated[OneLine, Field(min_length=1, max_length=2000)]
    """Why, in one line."""


class Wait(One):
    """For what to wait, and how long."""

    seconds: Annotated[int, Field(ge=0, le=300)] = 30
    """When they are over, you are told that nobody has decided yet."""
