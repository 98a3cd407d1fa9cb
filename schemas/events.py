"""Stage events: what Kafka hears of a recorded move.

An event names an intent, a version and a digest, and says which move was made.  Bodies,
addresses and keys of agents never go to Kafka: there is no field for them, and the one
text that an agent may choose, its trace context, passes only in its W3C form.

On the wire it is a CloudEvents 1.0 record in binary mode, keyed by intent: attributes in
the headers, the event as JSON in the value.
"""

from __future__ import annotations

import datetime as dt
from json.encoder import encode_basestring
from typing import Annotated, NamedTuple

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
from outbox.tracing import sound
from schemas.receipts.statement import moment

SOURCE = "/holdshort"
"""The CloudEvents source; with the sequence number as id it names an event."""


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
    traceparent: Annotated[str | None, BeforeValidator(sound)] = None
    notice: Step | None = None
    """It has not moved: this was said of it, where it waits."""

    @property
    def topic(self) -> str:
        """Where it is published; also the CloudEvents type."""
        return topic_of(self.notice or self.state)


class Logged(NamedTuple):
    """One row of the log of moves, as it was read: believed, for the database keeps the law.

    Fields as those of `StageEvent`.
    """

    seq: int
    intent_id: int
    version: int
    digest: str
    state: str
    source: str
    role: str
    at: str
    """In UTC, to the microsecond, as `2026-01-31T12:00:00.000000Z`."""
    traceparent: str | None = None
    notice: str | None = None

    @property
    def topic(self) -> str:
        """Where it is published."""
        return topic_of(self.notice or self.state)


class Record(NamedTuple):
    """What is handed to Kafka."""

    topic: str
    key: bytes
    value: bytes
    headers: list[tuple[str, bytes]]


def topic_of(happened: str) -> str:
    """The topic of the moves to a state, or of what is said of those that wait."""
    return f"holdshort.intent.{happened}.v1"


TOPICS = tuple(
    topic_of(happened) for happened in (*State, *Step) if happened is not State.UNBORN
)

_SPECVERSION = ("ce_specversion", b"1.0")
_SOURCE = ("ce_source", SOURCE.encode())
_CONTENT_TYPE = ("content-type", b"application/json")
_WHOLE = (".000000Z", "Z")
"""A whole second is spelled as one, as CloudEvents' own library does."""


def to_record(event: StageEvent | Logged) -> Record:
    """Render an event; equal events have equal bytes.

    By hand, since a relay does little else: what a reader makes of it is tested.
    """
    intent, topic = b"%d" % event.intent_id, event.topic
    at = (event.at if isinstance(event.at, str) else moment(event.at)).replace(*_WHOLE)
    headers = [
        _SPECVERSION,
        ("ce_id", b"%d" % event.seq),
        _SOURCE,
        ("ce_type", topic.encode()),
        ("ce_subject", intent),
        ("ce_time", at.encode()),
        ("ce_sequence", b"%020d" % event.seq),  # compared as text, says its extension
        ("ce_partitionkey", intent),
        _CONTENT_TYPE,
    ]
    value = (
        f'{{"seq":{event.seq},"intent_id":{event.intent_id},"version":{event.version}'
        f',"digest":{encode_basestring(event.digest)},"state":"{event.state}"'
        f',"source":"{event.source}","role":"{event.role}","at":"{at}"'
    )
    traceparent = sound(event.traceparent)
    if traceparent is not None:
        headers.append(("ce_traceparent", traceparent.encode()))
        value += f',"traceparent":"{traceparent}"'
    if event.notice is not None:
        value += f',"notice":"{event.notice}"'
    return Record(topic, intent, (value + "}").encode(), headers)


def from_record(value: bytes | None) -> StageEvent | None:
    """Read the value of a record; None for what is not an event that we know."""
    try:
        return StageEvent.model_validate_json(value or b"")
    except ValidationError:
        return None
