"""A process outlives an outage of its database; only what it cannot record ends it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.children import Child
from deploy.local.sink import MailSink
from deploy.watching import Counts
from outbox.failpoints import VARIABLE, Point
from outbox.ledger import Ledger
from outbox.lifecycle import State
from outbox.store import connect
from schemas.migrate import upgrade
from tests.crash.pipeline import PATIENCE, Pipeline, pipeline_of
from tests.parts import journey
from tests.parts.servers import OwnDatabase

ROLES = ("scorer", "router", "sender", "sweeper")
SESSIONS = b"""
    SELECT count(*) FROM pg_stat_activity
     WHERE application_name IN ('holdshort stage', 'holdshort sender')
       AND state = 'idle' AND query <> ''"""
"""A stage has one; a sender one for each of its two threads, and one that renews.  Who was not
answered yet still starts, and a start without a database is no outage."""


@pytest.fixture
def database(own_room: Path) -> Iterator[OwnDatabase]:
    """A server of this test's own, migrated and armed, which it may end and start."""
    with OwnDatabase(own_room / "postgres") as server:
        upgrade(server.dsn)
        journey.arm(server.dsn)
        yield server


@pytest.fixture
def ours(database: OwnDatabase, own_room: Path, sink: MailSink) -> Iterator[Pipeline]:
    with (
        connect(database.dsn, application="tests") as db,
        pipeline_of(own_room, database.dsn, db, "", sink) as pipeline,
    ):
        yield pipeline


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGQUIT, signal.SIGKILL])
def test_every_stage_goes_on_after_its_database_was_restarted(
    ours: Pipeline, database: OwnDatabase, how: signal.Signals
) -> None:
    stages = all_stages_at_work(ours)

    database.restart(how)
    with connect(database.dsn, application="tests") as db:
        ours.db = db
        journey.switch_on(db)
        ours.propose(3)
        ours.decidable()
        ours.approve_all()
        counts = ours.settled()

    assert counts[State.SENT] == len(ours.delivered()) == 3
    assert [stage.exit_code for stage in stages] == [None] * len(ROLES)


def test_a_stage_whose_database_is_down_still_ends_cleanly(
    ours: Pipeline, database: OwnDatabase
) -> None:
    stages = all_stages_at_work(ours)

    database.stop()
    for stage in stages:
        heard(stage, "database lost")
        stage.signal(signal.SIGTERM)

    assert [stage.exit_code for stage in stages if stage.ended(PATIENCE)] == [0] * len(ROLES)
    database.start()


@pytest.mark.fault("13 receipt never committed")
def test_a_sender_that_cannot_record_its_outcome_in_time_ends_and_its_mail_strands(
    ours: Pipeline, database: OwnDatabase
) -> None:
    intent = journey.approved(ours.db)
    journey.approved(ours.db)
    journey.switch_on(ours.db)
    sender = held_before_it_settles(ours)

    database.end(signal.SIGKILL)
    ended = sender.ended(PATIENCE)
    database.start()
    with connect(database.dsn, application="tests") as db:
        journey.let_leases_expire(db)
        Ledger(db, worker="sweeper-1").sweep()

        assert (ended, sender.exit_code) == (True, 8), sender.said()
        assert "not recorded" in sender.said()
        assert '"reply_code": 250' in sender.said()
        assert journey.state_of(db, intent.id) == "stranded"
    assert len(ours.delivered()) == 1


def all_stages_at_work(pipeline: Pipeline) -> list[Child]:
    stages = [pipeline.run.start(role) for role in ROLES]

    def every_thread_has_a_session(_: Counts) -> bool:
        return pipeline.db.execute(SESSIONS).fetchone() == (len(ROLES) + 2,)

    pipeline.watch.until(every_thread_has_a_session, "every stage is at work")
    return stages


def held_before_it_settles(pipeline: Pipeline) -> Child:
    """A sender with one thread that has its 250 and waits before it records it."""
    armed = {VARIABLE: f"{Point.BEFORE_SETTLE}=sleep:1000", "HOLDSHORT_SENDER_THREADS": "1"}
    sender = pipeline.run.start("sender", **armed)
    heard(sender, f"failpoint {Point.BEFORE_SETTLE}")
    return sender


def heard(process: Child, words: str) -> None:
    process.wait_until(lambda: words in process.said(), PATIENCE)
