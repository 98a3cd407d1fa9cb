"""What comes out of a real broker is what went in, for the SDK of CloudEvents and for us."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from typing import Any

import pytest
from cloudevents.core.base import BaseCloudEvent
from cloudevents.core.bindings.kafka import KafkaMessage, from_binary, to_binary
from cloudevents.core.formats.json import JSONFormat
from cloudevents.core.v1.event import CloudEvent
from kafka import KafkaProducer

from outbox.cluster import Cluster
from outbox.lifecycle import MOVES, State
from outbox.policy.steps import Step
from relay.producer import Outlet
from schemas.events import SOURCE, Record, StageEvent, from_record, to_record
from tests.contracts.described import validator_of
from tests.parts.waiting import wait_until
from tests.relay.hearing import SOON, ear

pytestmark = pytest.mark.kafka

EVENTS = [
    *((move.target, move.source, move.by, None) for move in sorted(MOVES)),
    *((State.IN_REVIEW, State.SCORED, "sweeper", step) for step in Step),
]


def moved(trace: str) -> Iterator[StageEvent]:
    """One event of each move and notice there is."""
    for number, (state, source, role, notice) in enumerate(EVENTS, start=1):
        yield StageEvent.model_validate(
            {
                **{"seq": number, "intent_id": 2**40 + number, "version": 1, "role": role},
                **{"digest": "0f" * 32, "at": "2026-11-28T22:09:04.000123Z"},
                **{"state": state, "source": source, "notice": notice, "traceparent": trace},
            }
        )


def heard(kafka: str, trace: str, count: int) -> list[Any]:
    """The raw records with this trace, however they were written."""
    found: list[Any] = []
    with ear(kafka, trace) as listening:

        def all_there() -> bool:
            for records in listening.consumer.poll(timeout_ms=100).values():
                found.extend(
                    one for one in records if ("ce_traceparent", trace.encode()) in one.headers
                )
            return len(found) >= count

        wait_until(all_there, SOON, f"{count} records in Kafka")
    return found


def read_by_the_sdk(record: Any) -> BaseCloudEvent:
    message = KafkaMessage(dict(record.headers), record.key, record.value)
    return from_binary(message, JSONFormat(), CloudEvent)


@pytest.fixture
def trace() -> str:
    return f"00-{secrets.token_hex(16)}-{secrets.token_hex(8)}-01"


def test_the_sdk_reads_from_a_broker_what_our_producer_wrote(kafka: str, trace: str) -> None:
    sent = {event.seq: event for event in moved(trace)}
    with Outlet(Cluster(kafka)) as outlet:
        for event in sent.values():
            one = to_record(event)
            outlet.producer.produce(
                one.topic, one.value, one.key, headers=one.headers, on_delivery=lambda *_: None
            )
        assert outlet.producer.flush(SOON.total_seconds()) == 0

    records = heard(kafka, trace, len(sent))

    assert len(records) == len(sent)
    for record in records:
        read = read_by_the_sdk(record)
        event = sent[int(read.get_id())]
        assert (read.get_source(), read.get_type()) == (SOURCE, record.topic)
        assert (read.get_subject(), read.get_time()) == (str(event.intent_id), event.at)
        assert record.key == str(event.intent_id).encode()
        assert from_record(record.value) == event
        validator_of(record.topic, "headers").validate(
            {name: value.decode() for name, value in record.headers}
        )
        validator_of(record.topic, "payload").validate(read.get_data())


def test_we_read_from_a_broker_what_the_sdk_wrote(kafka: str, trace: str) -> None:
    with Outlet(Cluster(kafka)):
        pass  # its topics
    sent = list(moved(trace))
    producer = KafkaProducer(bootstrap_servers=kafka, acks="all")
    for event in sent:
        producer.send(**written_by_the_sdk(to_record(event)))
    producer.flush(SOON.total_seconds())
    producer.close()

    records = heard(kafka, trace, len(sent))

    by_number = {
        event.seq: event for event in map(from_record, map(value_of, records)) if event
    }
    assert by_number == {event.seq: event for event in sent}
    for record in records:
        assert dict(record.headers) == dict(to_record(by_number[seq_of(record)]).headers)


def written_by_the_sdk(record: Record) -> dict[str, Any]:
    """The same event, as the SDK hands it to a producer."""
    message = KafkaMessage(dict(record.headers), record.key, record.value)
    again = to_binary(from_binary(message, JSONFormat(), CloudEvent), JSONFormat())
    assert isinstance(again.key, str)
    headers = list(again.headers.items())
    return {
        "topic": record.topic,
        "value": again.value,
        "key": again.key.encode(),
        "headers": headers,
    }


def value_of(record: Any) -> bytes:
    return bytes(record.value)


def seq_of(record: Any) -> int:
    return int(dict(record.headers)["ce_id"])
