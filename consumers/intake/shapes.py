"""What agents say, and what they are told, in JSON."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import Annotated

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints
from pydantic.config import JsonDict

from outbox.agents import Proposed
from outbox.agents import Told as _Told
from outbox.fields import OneLine
from outbox.intent import Artifact
from outbox.lifecycle import FINAL, State
from outbox.words import UNDECIDED, WORDS

Key = Annotated[OneLine, StringConstraints(min_length=1, max_length=200)]
Reason = Annotated[OneLine, StringConstraints(min_length=1, max_length=2000)]
_FIRST, _LAST = (dt.datetime(year, 1, 1, tzinfo=dt.UTC) for year in (2000, 9999))
Moment = Annotated[AwareDatetime, Field(ge=_FIRST, lt=_LAST)]

A_MAIL: JsonDict = {
    "sender": "billing@example.com",
    "to": ["ada@example.org"],
    "subject": "Your invoice",
    "text": "Dear Ada, your invoice is ready.",
}


class _Said(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, use_attribute_docstrings=True)


class Proposal(_Said):
    """A mail, or a request, to be sent once people have approved exactly it."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"key": "bill-7", "artifact": A_MAIL}]}
    )

    artifact: Artifact
    key: Key | None = None
    """Your name for it, if the header Idempotency-Key does not say it: the same key never
    sends twice."""
    not_before: Moment | None = None
    """Nothing leaves before."""
    not_after: Moment | None = None
    """Nothing leaves after."""


class Edit(_Said):
    """Another version of it: it is scored and approved anew."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"artifact": A_MAIL}]})

    artifact: Artifact


class Withdrawal(_Said):
    """Why it is taken back."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"reason": "paid meanwhile"}]})

    reason: Reason


class Told(BaseModel):
    """What was done with an intent, and when; why, where a person says no to it."""

    kind: str
    at: dt.datetime
    because: str | None
    reason: str | None


class Intent(BaseModel):
    """An intent as it stands."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    id: int
    key: str
    channel: str
    state: State
    said: str
    """What that means, in words, as `held, not sent: it waits for a person's approval`."""
    decided: bool
    """People have said yes or no, or ask for another version."""
    final: bool
    """Nothing more becomes of it."""
    version: int
    digest: str
    """Of its bytes: an edit names it in If-Match."""
    created_at: dt.datetime
    moved_at: dt.datetime
    """Since when it is in this state."""
    not_before: dt.datetime
    not_after: dt.datetime | None

    @classmethod
    def of(cls, found: Proposed) -> Intent:
        state = State(found.state)
        return cls(
            **asdict(found),
            said=WORDS[state],
            decided=state not in UNDECIDED,
            final=state in FINAL,
        )


class Looked(BaseModel):
    """An intent, and what became of it, the oldest first."""

    intent: Intent
    receipts: list[Told]

    @classmethod
    def at(cls, found: Proposed, told: list[_Told]) -> Looked:
        receipts = [Told.model_validate(one, from_attributes=True) for one in told]
        return cls(intent=Intent.of(found), receipts=receipts)


class Page(BaseModel):
    """Some of your intents, the newest first."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    intents: list[Intent]
    before: int | None
    """Ask for the next page with it; null on the last."""
