"""A stage event on the wire is a CloudEvents 1.0 record, says the SDK, and no more."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary, to_binary
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from hypothesis import given
from hypothesis import strategies as st

from outbox.lifecycle import MOVES, State
from outbox.policy.steps import Step
from schemas.events import SOURCE, TOPICS, Logged, StageEvent, from_record, to_record, topic_of
from tests.contracts.drawing import events


@given(events())
def test_the_sdk_reads_our_record_as_the_event_that_it_is(event: StageEvent) -> None:
    record = to_record(event)
    read = from_binary(
        KafkaMessage(headers=dict(record.headers), key=record.key, value=record.value),
        JSONFormat(),
        CloudEvent,
    )
    assert (read.get_id(), read.get_source()) == (str(event.seq), SOURCE)
    assert read.get_type() == record.topic == topic_of(event.notice or event.state)
    assert (read.get_subject(), read.get_time()) == (str(event.intent_id), event.at)
    assert read.get_extension("traceparent") == event.traceparent
    assert read.get_data() == json.loads(record.value)


@given(events())
def test_the_sdk_writes_the_same_record(event: StageEvent) -> None:
    record = to_record(event)
    message = KafkaMessage(dict(record.headers), record.key, record.value)
    again = to_binary(from_binary(message, JSONFormat(), CloudEvent), JSONFormat())
    assert again.headers == dict(record.headers)
    assert again.key == record.key.decode()
    assert json.loads(again.value) == json.loads(record.value)


@given(events())
def test_what_is_written_is_what_is_read(event: StageEvent) -> None:
    assert from_record(to_record(event).value) == event


@given(events(), events())
def test_sequences_compare_as_text_as_they_do_as_numbers(a: StageEvent, b: StageEvent) -> None:
    texts = [dict(to_record(event).headers)["ce_sequence"] for event in (a, b)]
    assert (texts[0] < texts[1]) == (a.seq < b.seq)


@given(st.binary() | st.none())
def test_what_cannot_be_parsed_is_nothing_and_no_error(value: bytes | None) -> None:
    assert from_record(value) is None


@given(events())
def test_a_reader_ignores_what_a_later_version_adds(event: StageEvent) -> None:
    value = {**json.loads(to_record(event).value), "added_later": 1}
    assert from_record(json.dumps(value).encode()) == event


@pytest.mark.parametrize("said", ["ada@example.org", "x" * 10_000, "00-zz-00-01", ""])
def test_an_agent_can_say_nothing_through_its_trace_context(said: str) -> None:
    plain = {
        **{"seq": 1, "intent_id": 1, "version": 1, "digest": "d", "role": "agent"},
        **{"state": "submitted", "source": "unborn", "at": "2026-01-01T00:00:00Z"},
    }
    event = StageEvent.model_validate({**plain, "traceparent": said})
    assert to_record(event) == to_record(StageEvent.model_validate(plain))


def test_every_state_that_is_ever_reached_and_every_notice_has_a_topic() -> None:
    reached = {topic_of(move.target) for move in MOVES}
    assert set(TOPICS) == reached | {topic_of(step) for step in Step}
    assert topic_of(State.UNBORN) not in TOPICS


def logged(event: StageEvent) -> Logged:
    """The row of the log that it is published from."""
    row = {name: getattr(event, name) for name in Logged._fields}
    at = event.at.replace(tzinfo=None).isoformat(timespec="microseconds")
    return Logged(**{**row, "at": f"{at}Z"})


@given(event=events())
def test_a_relay_writes_what_it_has_read_from_the_log_as_anybody_would(
    event: StageEvent,
) -> None:
    assert to_record(logged(event)) == to_record(event)
    elsewhere = event.at.astimezone(dt.timezone(dt.timedelta(hours=-7)))
    assert to_record(event.model_copy(update={"at": elsewhere})) == to_record(event)


@given(event=events(), said=st.text())
def test_a_relay_passes_on_no_trace_context_but_one_in_its_w3c_form(
    event: StageEvent, said: str
) -> None:
    plain = logged(event)._replace(traceparent=None)
    assert to_record(plain._replace(traceparent=said)) == to_record(plain)


@given(event=events(), digest=st.text())
def test_whatever_stands_in_the_log_is_well_formed_in_kafka(
    event: StageEvent, digest: str
) -> None:
    heard = from_record(to_record(logged(event)._replace(digest=digest)).value)
    assert heard == event.model_copy(update={"digest": digest})
