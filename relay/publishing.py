"""Publish one batch of recorded moves: at least once, in order per intent.

The shards stay locked by the open transaction until Kafka has answered for every record,
so two relays never publish the same event unless one of them dies in between.  A row is
deleted only once Kafka has acknowledged it and every earlier event of its intent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import structlog
from kafka.errors import KafkaError, KafkaTimeoutError
from psycopg.rows import dict_row

from outbox.errors import DependencyDown
from outbox.failpoints import Point, reach
from outbox.metrics import EVENTS_PUBLISHED, PUBLISH_FAILURES, RELAY_LAG
from outbox.store import Connection, call, calling
from relay.held import Held
from relay.producer import DELIVERY, Acknowledgement, Outlet, Producer
from schemas.events import StageEvent, to_record

log = structlog.get_logger()

SHARDS = 8
"""Half of them, so that a second relay finds work, too."""

FENCE = 2 * DELIVERY
"""The server ends the session of a relay that holds its shards longer than this."""

_FLUSH = DELIVERY + dt.timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Batch:
    """What became of one batch: how many events it had, and how many are published."""

    claimed: int
    published: int


def publish_batch(
    connection: Connection, outlet: Outlet, held: Held, *, per_shard: int
) -> Batch:
    """Publish the oldest events of some shards in one transaction.

    Raises `DependencyDown` if Kafka does not answer; every row is still queued then.
    """
    with connection.transaction():
        reach(Point.BEFORE_SHARDS)
        with connection.cursor(row_factory=dict_row) as cursor:
            named = {"shards": SHARDS, "per_shard": per_shard, "fence": FENCE}
            cursor.execute(calling("claim_unpublished", *named), named)
            claimed = [StageEvent.model_validate(row) for row in cursor]
        reach(Point.AFTER_SHARDS)
        published = _deliver(outlet, held, held.passable(claimed))
        if published:
            _take_off(connection, published)
    reach(Point.AFTER_BATCH)
    _count(published)
    return Batch(len(claimed), len(published))


def _take_off(connection: Connection, published: list[StageEvent]) -> None:
    intents = [event.intent_id for event in published]
    seqs = [event.seq for event in published]
    reach(Point.BEFORE_DELETE)
    call(connection, "take_off", intents=intents, seqs=seqs)
    reach(Point.AFTER_DELETE)


def without_gaps(events: Iterable[StageEvent], acked: set[int]) -> list[StageEvent]:
    """The events that are acknowledged, and every earlier one of their intent, too."""
    broken: set[int] = set()
    whole = []
    for event in events:
        if event.seq not in acked:
            broken.add(event.intent_id)
        elif event.intent_id not in broken:
            whole.append(event)
    return whole


def _deliver(outlet: Outlet, held: Held, events: list[StageEvent]) -> list[StageEvent]:
    acked, refusal = _send(outlet.producer, events)
    if refusal is None:
        return events
    # The refusal may be of any record in this batch.  Only what fails alone, on a fresh
    # producer, is to blame.
    outlet.rebuild()
    done = {event.seq for event in without_gaps(events, acked)}
    undone = [event for event in events if event.seq not in done]
    done |= {event.seq for event in _one_by_one(outlet, held, undone)}
    return without_gaps(events, done)


def _one_by_one(outlet: Outlet, held: Held, waiting: list[StageEvent]) -> Iterator[StageEvent]:
    """Give those that Kafka takes; hold those that it refuses, and what comes after them."""
    while waiting:
        event, *behind = waiting
        _, refusal = _send(outlet.producer, [event])
        if refusal is None:
            yield event
            waiting = behind
        else:
            culprit, reason = held.hold(event, refusal), type(refusal).__name__
            PUBLISH_FAILURES.labels(reason).inc()
            log.error("event refused", seq=event.seq, held=culprit, reason=reason)
            outlet.rebuild()
            waiting = held.passable(waiting)


def _send(
    producer: Producer, events: list[StageEvent]
) -> tuple[set[int], BaseException | None]:
    """Send all, then ask each: the acknowledged sequence numbers and the first refusal.

    Raises `DependencyDown` if Kafka does not answer, which is nobody's fault.
    """
    sent, refusal = _hand_over(producer, events)
    reach(Point.BEFORE_FLUSH)
    try:
        producer.flush(_FLUSH.total_seconds())
    except KafkaTimeoutError as error:
        raise DependencyDown(f"Kafka does not answer: {error}") from error
    reach(Point.AFTER_FLUSH)
    for answer in sent.values():
        if isinstance(answer.exception, KafkaError) and answer.exception.retriable:
            raise DependencyDown(f"Kafka does not answer: {answer.exception}")
        refusal = refusal or answer.exception
    return {seq for seq, answer in sent.items() if answer.succeeded()}, refusal


def _hand_over(
    producer: Producer, events: list[StageEvent]
) -> tuple[dict[int, Acknowledgement], BaseException | None]:
    """Stop at the first that cannot even be sent: a topic without metadata takes seconds."""
    sent: dict[int, Acknowledgement] = {}
    for event in events:
        record = to_record(event)
        reach(Point.BEFORE_RECORD)
        try:
            sent[event.seq] = producer.send(
                record.topic, value=record.value, key=record.key, headers=record.headers
            )
        except KafkaError as error:
            return sent, error
        reach(Point.AFTER_RECORD)
    return sent, None


def _count(published: list[StageEvent]) -> None:
    now = dt.datetime.now(dt.UTC)
    for event in published:
        EVENTS_PUBLISHED.labels(event.notice or event.state).inc()
        RELAY_LAG.observe(max(0.0, (now - event.at).total_seconds()))
