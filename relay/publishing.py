"""Publish one batch of recorded moves: at least once, in order per intent.

The shards stay locked by the open transaction until Kafka has answered for every record,
so two relays never publish the same event unless one of them dies in between.  A row is
deleted only once Kafka has acknowledged it and every earlier event of its intent.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial

import structlog
from confluent_kafka import KafkaError, KafkaException

from outbox.errors import DependencyDown
from outbox.failpoints import Point, reach
from outbox.metrics import EVENTS_PUBLISHED, PUBLISH_FAILURES, RELAY_LAG
from outbox.store import Connection, call, calling
from relay.held import Held
from relay.producer import DELIVERY, Outlet, Producer
from relay.topics import is_outage
from schemas.events import Logged, to_record

log = structlog.get_logger()

SHARDS = 4
"""A quarter of them, so that others find work, too."""

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
        with connection.cursor(binary=True) as cursor:
            named = {"shards": SHARDS, "per_shard": per_shard, "fence": FENCE}
            cursor.execute(calling("claim_unpublished", *named), named)
            claimed = [Logged._make(row) for row in cursor.fetchall()]
        reach(Point.AFTER_SHARDS)
        published = _deliver(outlet, held, held.passable(claimed))
        if published:
            _take_off(connection, published)
    reach(Point.AFTER_BATCH)
    _count(published)
    return Batch(len(claimed), len(published))


def _take_off(connection: Connection, published: list[Logged]) -> None:
    intents = [event.intent_id for event in published]
    seqs = [event.seq for event in published]
    reach(Point.BEFORE_DELETE)
    call(connection, "take_off", intents=intents, seqs=seqs)
    reach(Point.AFTER_DELETE)


def without_gaps(events: Iterable[Logged], acked: set[int]) -> list[Logged]:
    """The events that are acknowledged, and every earlier one of their intent, too."""
    broken: set[int] = set()
    whole = []
    for event in events:
        if event.seq not in acked:
            broken.add(event.intent_id)
        elif event.intent_id not in broken:
            whole.append(event)
    return whole


def _deliver(outlet: Outlet, held: Held, events: list[Logged]) -> list[Logged]:
    acked, refusal = _send(outlet.producer, events)
    if refusal is None:
        return without_gaps(events, acked)
    # The refusal may be of any record in this batch.  Only what fails alone, on a fresh
    # producer, is to blame.
    outlet.rebuild()
    done = {event.seq for event in without_gaps(events, acked)}
    undone = [event for event in events if event.seq not in done]
    done |= {event.seq for event in _one_by_one(outlet, held, undone)}
    return without_gaps(events, done)


def _one_by_one(outlet: Outlet, held: Held, waiting: list[Logged]) -> Iterator[Logged]:
    """Give those that Kafka takes; hold those that it refuses, and what comes after them."""
    while waiting:
        event, *behind = waiting
        _, refusal = _send(outlet.producer, [event])
        if refusal is None:
            yield event
            waiting = behind
        else:
            culprit, reason = held.hold(event, refusal), refusal.name()
            PUBLISH_FAILURES.labels(reason).inc()
            log.error("event refused", seq=event.seq, held=culprit, reason=reason)
            outlet.rebuild()
            waiting = held.passable(waiting)


def _send(producer: Producer, events: list[Logged]) -> tuple[set[int], KafkaError | None]:
    """Send all, then ask each: the acknowledged sequence numbers and the first refusal.

    Raises `DependencyDown` if Kafka does not answer, which is nobody's fault.
    """
    answers: dict[int, KafkaError | None] = {}
    refusal = _hand_over(producer, events, answers)
    reach(Point.BEFORE_FLUSH)
    if producer.flush(_FLUSH.total_seconds()):
        raise DependencyDown("Kafka does not answer: its records are still waiting")
    reach(Point.AFTER_FLUSH)
    for error in filter(None, answers.values()):
        if is_outage(error):
            raise DependencyDown(f"Kafka does not answer: {error.str()}")
        refusal = refusal or error
    return {seq for seq, error in answers.items() if error is None}, refusal


def _hand_over(
    producer: Producer, events: list[Logged], answers: dict[int, KafkaError | None]
) -> KafkaError | None:
    """Stop at the first that cannot even be sent, and say why."""
    for event in events:
        record = to_record(event)
        reach(Point.BEFORE_RECORD)
        try:
            producer.produce(
                record.topic,
                record.value,
                record.key,
                headers=record.headers,
                on_delivery=partial(_answer, answers, event.seq),
            )
        except KafkaException as refusal:
            error: KafkaError = refusal.args[0]
            return error
        reach(Point.AFTER_RECORD)
    return None


def _answer(
    answers: dict[int, KafkaError | None], seq: int, error: KafkaError | None, _: object
) -> None:
    answers[seq] = error


def _count(published: list[Logged]) -> None:
    for happened, number in Counter(event.notice or event.state for event in published).items():
        EVENTS_PUBLISHED.labels(happened).inc(number)
    now = dt.datetime.now(dt.UTC)
    for at in {event.at for event in published}:
        RELAY_LAG.observe(max(0.0, (now - dt.datetime.fromisoformat(at)).total_seconds()))
