"""Every point is reached by a real process on its way through the pipeline."""

from __future__ import annotations

import datetime as dt
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from consumers import keyfile
from deploy.local.sink import MailSink
from outbox.failpoints import VARIABLE, Point
from outbox.store import Connection
from tests.crash.pipeline import PATIENCE, pipeline_of
from tests.deploy.command import holdshort
from tests.failpoints.tour import (
    HELD_UP,
    Tour,
    a_mail_is_approved_by_a_grant_and_taken_back,
    a_mail_is_held_up_and_sent_later,
    a_request_is_sent,
    comes_to,
    kafka_will_refuse_an_event,
    the_database_is_lost_for_a_moment,
    the_desk_decides_everything,
)
from tests.parts.notifying import told_and_untold
from tests.parts.receiver import Receiver, receiving


@pytest.fixture
def tour(
    tmp_path: Path, dsn: str, db: Connection, kafka: str, sink: MailSink
) -> Iterator[Tour]:
    with pipeline_of(tmp_path, dsn, db, kafka, sink) as pipeline:
        yield Tour(dsn, pipeline)


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[Receiver]:
    with receiving(tmp_path) as receiver:
        yield receiver


@pytest.mark.kafka
@pytest.mark.own_session("it ends sessions by the name of their client")
def test_every_point_is_reached(
    tour: Tour, tmp_path: Path, sink: MailSink, receiver: Receiver
) -> None:
    keyfile.create(tmp_path / "attest.pem")
    the_desk_decides_everything(tour)
    a_mail_is_approved_by_a_grant_and_taken_back(tour)
    kafka_will_refuse_an_event(tour.pipeline.db)
    relay, scorer = tour.start("relay"), tour.start("scorer")
    sender = tour.start("sender", HELD_UP, HOLDSHORT_WEBHOOKS=str(receiver.file))
    router = tour.start("router")
    for stage in (scorer, sender, router):
        tour.pipeline.up(stage)  # who begins during an outage ends, to be started again
    the_database_is_lost_for_a_moment(tour.pipeline.db, tour.start("sweeper"))
    attester = tour.start("attester", HOLDSHORT_ATTEST_KEY_FILE=str(tmp_path / "attest.pem"))
    notifier = tour.start("notifier", HOLDSHORT_NOTIFY=str(told_and_untold(tmp_path, sink)))
    comes_to(scorer, "bell_hung")
    comes_to(relay, "after_rebuild")

    a_mail_is_held_up_and_sent_later(tour, sender)
    comes_to(scorer, "bell_struck")
    comes_to(attester, "after_checkpoint")
    comes_to(notifier, "after_notified", "after_postponed")
    a_request_is_sent(tour, receiver)
    tour.end()

    assert set(Point) - tour.reached() == set()
    agents = [id for id in tour.pipeline.delivered() if not id.endswith("@house.example>")]
    assert len(agents) == 1


def test_a_process_that_nobody_armed_says_nothing_of_points(dsn: str) -> None:
    done = holdshort("outbound", "on", "--by", "ada", dsn=dsn)

    assert (done.code, "failpoint" in done.err) == (0, False), done


def test_a_stopped_process_does_nothing_until_it_is_told_to_go_on(
    tmp_path: Path, dsn: str, db: Connection, sink: MailSink
) -> None:
    with pipeline_of(tmp_path, dsn, db, "", sink) as pipeline:
        child = pipeline.run.start("sweeper", **{VARIABLE: "before_sweep=stop"})
        child.wait_until(lambda: "failpoint before_sweep: stop" in child.said(), PATIENCE)
        child.signal(signal.SIGTERM)

        assert not child.ended(dt.timedelta(milliseconds=300))
        child.signal(signal.SIGCONT)
        assert child.ended(PATIENCE)
        assert child.exit_code == 0
