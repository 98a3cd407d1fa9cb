"""Kafka is a bell: whatever it loses, repeats or invents, nothing else becomes of a mail."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from consumers.wakeups import Bell
from deploy.local.children import Child
from deploy.local.ports import free_port
from deploy.local.sink import MailSink
from outbox.cluster import Cluster
from outbox.lifecycle import State
from outbox.store import Connection
from relay.topics import create_missing
from schemas.events import TOPICS, Record, StageEvent, to_record, topic_of
from tests.crash.pipeline import Pipeline, pipeline_of
from tests.faults.topics import everything_in, wiped, written
from tests.parts import journey
from tests.parts.brokers import OwnBroker
from tests.parts.journey import HALF_A_MINUTE, SECOND
from tests.parts.waiting import wait_until
from tests.relay.moving import Mover
from tests.relay.running import relays

BELLED = ("scorer", "router", "sender")
STAGES = (*BELLED, "sweeper")
GARBAGE = (b"", b"\x00\xff\xfe", b"null", b"[]", b'{"state": "approved"', b"x" * 100_000)
ANOTHERS = b'{"order": 7, "state": "approved", "intent_id": "all", "approved": true}'


@pytest.fixture
def unheard(tmp_path: Path, dsn: str, db: Connection, sink: MailSink) -> Iterator[Pipeline]:
    """A pipeline that is told of a broker where there is none."""
    with pipeline_of(tmp_path, dsn, db, f"127.0.0.1:{free_port()}", sink) as pipeline:
        yield pipeline


def running(pipeline: Pipeline, *roles: str) -> None:
    for role in roles:
        pipeline.run.start(role)
    journey.switch_on(pipeline.db)


def listening(pipeline: Pipeline) -> None:
    """Wait until every stage that has a bell hears it."""
    for role in BELLED:
        stage = pipeline.run.children[f"{role}-1"]
        stage.wait_until(partial(says, stage, "bell hung"), HALF_A_MINUTE)


def says(child: Child, words: str) -> bool:
    return words in child.said()


def sent(pipeline: Pipeline, count: int) -> None:
    """So many more mails, from their proposal to their end."""
    pipeline.propose(count)
    pipeline.decidable()
    pipeline.approve_all()
    pipeline.settled()


def events_of(db: Connection) -> int:
    [(count,)] = db.execute("SELECT count(*) FROM outbox.event").fetchall()
    return int(count)


def moves_of(db: Connection, id: int) -> list[tuple[str, str]]:
    rows = db.execute("SELECT role, target FROM outbox.event WHERE intent_id = %s", (id,))
    return [(str(role), str(target)) for role, target in rows]


def forged(id: int, state: State, digest: str) -> Record:
    """As the relay itself would have written it."""
    move = {"source": "in_review", "state": state, "role": "human"}
    about = {"seq": 9**9, "intent_id": id, "version": 1, "digest": digest}
    return to_record(StageEvent.model_validate({**move, **about, "at": "2026-01-01T00:00:00Z"}))


@pytest.mark.fault("5 topic wiped")
@pytest.mark.kafka
def test_topics_that_are_wiped_and_made_again_stop_nothing_and_are_filled(
    belled: Pipeline, own_kafka: OwnBroker
) -> None:
    running(belled, "relay", *STAGES)
    sent(belled, 5)
    belled.published()
    before = events_of(belled.db)

    wiped(own_kafka.bootstrap)
    create_missing(Cluster(own_kafka.bootstrap))
    sent(belled, 5)
    belled.published()

    assert belled.watch.counts()[State.SENT] == 10
    assert len(set(belled.delivered())) == len(belled.delivered()) == 10
    assert everything_in(own_kafka.bootstrap, events_of(belled.db) - before)


@pytest.mark.fault("5 topic wiped")
@pytest.mark.kafka
def test_a_bell_rings_again_after_its_topics_were_wiped_and_made_again(
    dsn: str, db: Connection, own_kafka: OwnBroker
) -> None:
    create_missing(Cluster(own_kafka.bootstrap))
    mover = Mover(db)
    with Bell(Cluster(own_kafka.bootstrap), [topic_of(State.SUBMITTED)]) as bell:
        wait_until(lambda: bell.rings > 0, HALF_A_MINUTE, "the bell hangs")
        wiped(own_kafka.bootstrap)
        create_missing(Cluster(own_kafka.bootstrap))
        heard = bell.rings
        with relays(dsn, own_kafka.bootstrap):

            def rung() -> bool:
                mover.propose()
                return bell.wait(heard, SECOND) > heard

            wait_until(rung, HALF_A_MINUTE, "the bell rings")


@pytest.mark.fault("5 topic replayed from 0")
@pytest.mark.kafka
def test_everything_that_was_ever_published_comes_again_and_moves_nothing(
    belled: Pipeline, own_kafka: OwnBroker
) -> None:
    running(belled, "relay", *STAGES)
    sent(belled, 5)
    belled.published()
    moves = events_of(belled.db)

    records = everything_in(own_kafka.bootstrap, moves)
    again = written(own_kafka.bootstrap, 3 * records)
    sent(belled, 1)

    assert again >= 3 * moves
    assert events_of(belled.db) * 5 == moves * 6
    assert len(set(belled.delivered())) == len(belled.delivered()) == 6


@pytest.mark.fault("5 forged approval")
@pytest.mark.kafka
def test_forged_and_foreign_records_ring_the_bell_and_move_nothing(
    belled: Pipeline, own_kafka: OwnBroker
) -> None:
    create_missing(Cluster(own_kafka.bootstrap))
    running(belled, *STAGES)
    listening(belled)
    waiting = journey.awaiting(belled.db)
    moves = moves_of(belled.db, waiting.id)
    forgeries = [forged(waiting.id, s, waiting.digest) for s in State if topic_of(s) in TOPICS]
    noise = [Record(t, b"1", v, []) for t in TOPICS for v in (*GARBAGE, ANOTHERS)]

    with Bell(Cluster(own_kafka.bootstrap), [topic_of(State.APPROVED)]) as bell:
        wait_until(lambda: bell.rings > 0, HALF_A_MINUTE, "the bell hangs")
        heard = bell.rings
        written(own_kafka.bootstrap, forgeries + noise)
        rung = bell.wait(heard, HALF_A_MINUTE) > heard
    honest = journey.approved(belled.db)
    belled.settled()

    assert rung
    assert journey.state_of(belled.db, honest.id) == "sent"
    assert moves_of(belled.db, waiting.id) == moves
    assert len(belled.delivered()) == 1


@pytest.mark.fault("5 broker down")
def test_with_a_broker_that_never_answers_everything_is_sent_all_the_same(
    unheard: Pipeline,
) -> None:
    running(unheard, *STAGES)
    relay = unheard.run.start("relay")

    sent(unheard, 5)

    assert relay.ended(HALF_A_MINUTE)
    assert relay.exit_code == 7
    assert unheard.watch.counts()[State.SENT] == len(unheard.delivered()) == 5
    [(queued,)] = unheard.db.execute("SELECT count(*) FROM outbox.unpublished").fetchall()
    assert queued == events_of(unheard.db)
