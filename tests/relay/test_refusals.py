"""What Kafka refuses stays in the queue, and nobody else waits for it."""

from __future__ import annotations

import os

import pytest
from confluent_kafka import KafkaError
from kafka import KafkaAdminClient
from kafka.admin import NewTopic

from outbox.lifecycle import Role, State
from outbox.store import Connection
from relay.held import HOLD, Held
from relay.publishing import without_gaps
from schemas.events import Logged, topic_of
from tests.parts.brokers import OwnBroker
from tests.relay.hearing import ear
from tests.relay.moving import Mover
from tests.relay.running import relays

JANUARY = "2026-01-01T00:00:00.000000Z"


def _poison(db: Connection, id: int) -> int:
    """A legal move of this intent whose record is larger than a producer takes."""
    row = db.execute(
        "WITH logged AS (INSERT INTO outbox.event"
        " (intent_id, source, target, role, version, digest) VALUES"
        " (%s, 'scoring', 'submitted', 'sweeper', 1, repeat('a', 2000000)) RETURNING *)"
        " INSERT INTO outbox.unpublished SELECT intent_id %% 16, seq FROM logged RETURNING seq",
        (id,),
    ).fetchone()
    assert row is not None
    return int(row[0])


@pytest.mark.kafka
def test_a_poisoned_event_holds_its_own_intent_and_no_other(
    dsn: str, db: Connection, kafka: str
) -> None:
    mover = Mover(db)
    culprit, *innocents = [mover.propose() for _ in range(17)]  # the last shares its shard
    stuck = _poison(db, culprit)
    for _ in range(50):  # more than one batch of a shard takes
        mover.to_and_fro(culprit)
    for innocent in innocents:
        mover.to_and_fro(innocent)
    behind = {
        seq
        for (seq,) in db.execute(
            "SELECT seq FROM outbox.event WHERE intent_id = %s", (culprit,)
        )
        if seq >= stuck
    }
    with relays(dsn, kafka), ear(kafka, mover.trace) as heard:
        heard.listen_until_it_hears(mover.committed() - behind)
    assert heard.seqs() == mover.committed() - behind
    assert mover.unpublished() == behind
    assert heard.out_of_order() == []


@pytest.mark.kafka
@pytest.mark.skipif(
    os.environ.get("HOLDSHORT_TEST_KAFKA") != "apache",
    reason="the embedded broker takes records of any size",
)
def test_a_record_that_the_broker_refuses_poisons_no_other(
    dsn: str, db: Connection, own_kafka: OwnBroker
) -> None:
    _take_nothing(own_kafka.bootstrap, topic_of(State.SCORING))
    mover = Mover(db)
    first = mover.propose()
    mover.to_and_fro(first)
    for _ in range(16):
        mover.propose()
    taken = {1, *range(4, 20)}
    with (
        relays(dsn, own_kafka.bootstrap),
        ear(own_kafka.bootstrap, mover.trace) as heard,
    ):
        heard.listen_until_it_hears(taken)
        mover.propose()  # after the refusal, which poisons a producer for good
        heard.listen_until_it_hears({20})
    assert 2 not in heard.seqs()
    assert mover.unpublished() == {2, 3}, "what came after a refusal is kept with it"


def _take_nothing(bootstrap: str, topic: str) -> None:
    admin = KafkaAdminClient(bootstrap_servers=bootstrap)
    tiny = NewTopic(topic, 4, 1, topic_configs={"max.message.bytes": "10"})
    admin.create_topics([tiny])
    admin.close()


def test_an_event_stays_queued_as_long_as_an_earlier_one_of_its_intent() -> None:
    first, refused, acked, other = _event(1, 7), _event(2, 7), _event(3, 7), _event(4, 8)
    assert without_gaps([first, refused, acked, other], {1, 3, 4}) == [first, other]


def test_a_refused_size_holds_the_intent_and_its_later_events() -> None:
    held = Held()
    large, later, other = _event(1, 7), _event(2, 7, State.SCORING), _event(3, 8)
    held.hold(large, KafkaError(KafkaError.MSG_SIZE_TOO_LARGE))
    assert held.passable([large, later, other]) == [other]


def test_a_missing_topic_holds_its_events_and_those_behind_them() -> None:
    held = Held()
    early, missing = _event(1, 7), _event(2, 7, State.SCORING)
    behind, other = _event(3, 7), _event(4, 8)
    held.hold(missing, KafkaError(KafkaError._UNKNOWN_TOPIC))
    assert held.passable([early, missing, behind, other]) == [early, other]


def test_what_was_refused_is_offered_again_after_a_while() -> None:
    now = [0.0]
    held = Held(clock=lambda: now[0])
    event = _event(1, 7)
    held.hold(event, KafkaError(KafkaError.MSG_SIZE_TOO_LARGE))
    now[0] = HOLD.total_seconds() - 1
    assert held.passable([event]) == []
    now[0] = HOLD.total_seconds()
    assert held.passable([event]) == [event]


def _event(seq: int, intent: int, state: State = State.SUBMITTED) -> Logged:
    return Logged(seq, intent, 1, "d", state, State.UNBORN, Role.AGENT, JANUARY)
