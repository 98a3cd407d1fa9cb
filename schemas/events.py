"""Stage events: what Kafka hears of a recorded move.

An event names an intent, a version and a digest, and says which move was made.  Bodies,
addresses and keys of agents never go to Kafka: there is no field for them, and the one
text that an agent may choose, its trace context, passes only in its W3C form.

On the wire it is a CloudEvents 1.0 record in binary mode, keyed by intent: attributes in
the headers, the event as JSON in the value.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    ValidationError,
)

from outbox.lifecycle import Role, State
from outbox.policy.steps import Step

SOURCE = "/holdshort"
"""The CloudEvents source; with the sequence number as id it names an event."""

_TRACEPARENT = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}", re.ASCII)


def _w3c_or_nothing(traceparent: object) -> object:
    if isinstance(traceparent, str) and _TRACEPARENT.fullmatch(traceparent):
        return traceparent
    return None


def _in_utc(at: dt.datetime) -> dt.datetime:
    return at.astimezone(dt.UTC)


class StageEvent(BaseModel):
    """One recorded move, or a notice.  Readers ignore fields that they do not know."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    seq: int
    """Rises with every move of one intent; gaps are normal."""
    intent_id: int
    version: int
    digest: str
    state: State
    """The state that the intent moved to."""
    source: State
    role: Role
    at: Annotated[AwareDatetime, AfterValidator(_in_utc)]
    traceparent: Annotated[str | None, BeforeValidator(_w3c_or_nothing)] = None
    notice: Step | None = None
    """It has not moved: this was said of it, where it waits."""

    @property
    def topic(self) -> str:
        """Where it is published; also the CloudEvents type."""
        return topic_of(self.notice or self.state)


@dataclass(frozen=True, slots=True)
class Record:
    """What is handed to Kafka."""

    topic: str
    key: bytes
    value: bytes
    headers: list[tuple[str, bytes]]


def topic_of(happened: State | Step) -> str:
    """The topic of the moves to a state, or of what is said of those that wait."""
    return f"holdshort.intent.{happened}.v1"


TOPICS = tuple(
    topic_of(happened) for happened in (*State, *Step) if happened is not State.UNBORN
)


def to_record(event: StageEvent) -> Record:
    """Render an event; equal events have equal bytes."""
    intent = str(event.intent_id)
    attributes = {
        "ce_specversion": "1.0",
        "ce_id": str(event.seq),
        "ce_source": SOURCE,
        "ce_type": event.topic,
        "ce_subject": intent,
        "ce_time": event.at.isoformat().replace("+00:00", "Z"),
        "ce_sequence": f"{event.seq:020d}",  # compared as text, says its extension
        "ce_partitionkey": intent,
        "content-type": "application/json",
    }
    if event.traceparent is not None:
        attributes["ce_traceparent"] = event.traceparent
    return Record(
        topic=event.topic,
        key=intent.encode(),
        value=event.model_dump_json(exclude_none=True).encode(),
        headers=[(name, text.encode()) for name, text in attributes.items()],
    )


def from_record(value: bytes | None) -> StageEvent | None:
    """Read the value of a record; None for what is not an event that we know."""
    try:
        return StageEvent.model_validate_json(value or b"")
    except ValidationError:
        return None
