"""Every recorded move reaches Kafka, in order per intent, and nothing else does."""

from __future__ import annotations

import psycopg
import pytest

from outbox.store import Connection
from tests.parts.waiting import wait_until
from tests.relay.hearing import SOON, ear
from tests.relay.moving import Mover, many_writers
from tests.relay.running import relays

pytestmark = pytest.mark.kafka


def test_every_move_is_published_once(dsn: str, db: Connection, kafka: str) -> None:
    mover = Mover(db)
    mover.to_and_fro(mover.propose())
    with relays(dsn, kafka), ear(kafka, mover.trace) as heard:
        mover.to_and_fro(mover.propose())
        heard.listen_until_it_hears(mover.committed())
        wait_until(lambda: not mover.unpublished(), SOON, "the queue is empty")
    assert len(mover.committed()) == 6
    assert heard.seqs() == mover.committed()
    assert heard.duplicates() == {}


def test_an_event_says_which_move_of_which_bytes_and_no_more(
    dsn: str, db: Connection, kafka: str
) -> None:
    mover = Mover(db)
    id = mover.propose()
    with relays(dsn, kafka), ear(kafka, mover.trace) as heard:
        heard.listen_until_it_hears(mover.committed())
    [(partition, event)] = heard.heard
    row = db.execute("SELECT digest, moved_at FROM outbox.intent").fetchone()
    assert partition.topic == "holdshort.intent.submitted.v1"
    assert (event.intent_id, event.version) == (id, 1)
    assert (event.source, event.state, event.role) == ("unborn", "submitted", "agent")
    assert (event.digest, event.at) == row


@pytest.mark.timeout(120)
@pytest.mark.fault("4 commit order is not id order")
def test_many_relays_and_writers_keep_the_order_and_publish_nothing_twice(
    dsn: str, db: Connection, kafka: str
) -> None:
    mover = Mover(db)
    with relays(dsn, kafka, count=6), ear(kafka, mover.trace) as heard:
        many_writers(dsn, mover, intents=20, rounds=600)
        heard.listen_until_it_hears(mover.committed())
    assert len(heard.heard) > 1000
    assert heard.out_of_order() == []
    assert heard.duplicates() == {}
    assert heard.seqs() == mover.committed()


@pytest.mark.fault("4 commit order is not id order")
def test_a_late_commit_is_not_skipped(dsn: str, db: Connection, kafka: str) -> None:
    mover = Mover(db)
    with relays(dsn, kafka), ear(kafka, mover.trace) as heard:
        with psycopg.connect(dsn) as late:
            mover.propose(late)
            for _ in range(20):
                mover.propose()
            others = mover.committed()
            heard.listen_until_it_hears(others)
        assert min(mover.committed()) < min(others)
        heard.listen_until_it_hears(mover.committed())
    assert heard.duplicates() == {}


@pytest.mark.fault("1 business transaction rolled back")
def test_what_is_rolled_back_is_never_published(dsn: str, db: Connection, kafka: str) -> None:
    mover = Mover(db)
    with relays(dsn, kafka), ear(kafka, mover.trace) as heard:
        with psycopg.connect(dsn) as undone:
            mover.propose(undone)
            undone.rollback()
        mover.propose()
        heard.listen_until_it_hears(mover.committed())
    assert len(heard.heard) == 1
