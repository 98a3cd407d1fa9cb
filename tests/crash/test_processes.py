"""The pipeline end to end: processes that come and go, a broker that dies."""

from __future__ import annotations

import signal
from urllib.request import urlopen

import pytest

from deploy.local.ports import free_port
from outbox.lifecycle import State
from tests.crash.pipeline import Pipeline
from tests.parts import journey
from tests.parts.brokers import OwnBroker

STAGES = ("relay", "relay", "scorer", "scorer", "scorer", "router", "sender", "sweeper")


@pytest.mark.fault("5 broker down")
@pytest.mark.kafka
def test_a_broker_killed_in_mid_run_stops_nothing(
    belled: Pipeline, own_kafka: OwnBroker
) -> None:
    for role in STAGES:
        belled.run.start(role)
    journey.switch_on(belled.db)
    belled.propose(20)
    belled.decidable()
    own_kafka.kill()
    belled.propose(20)
    belled.decidable()
    belled.approve_all()
    counts = belled.settled()
    own_kafka.start()

    assert counts[State.SENT] == 40
    assert len(set(belled.delivered())) == len(belled.delivered()) == 40
    belled.published()


@pytest.mark.kafka
def test_two_relays_and_three_scorers_score_nothing_twice_under_one_fence(
    belled: Pipeline,
) -> None:
    for role in STAGES:
        belled.run.start(role)
    belled.propose(200)
    belled.decidable()

    scores = belled.db.execute("SELECT intent_id, fence FROM outbox.score").fetchall()
    assert len(scores) == len(set(scores)) == 200
    assert len({fence for _, fence in scores}) == 200


@pytest.mark.fault("20 SIGTERM")
def test_a_clean_stop_strands_nothing(pipeline: Pipeline) -> None:
    senders = [pipeline.run.start("sender") for _ in range(2)]
    for sender in senders:
        pipeline.up(sender)
    for _ in range(40):
        journey.approved(pipeline.db)
    journey.switch_on(pipeline.db)
    pipeline.watch.until(lambda counts: counts[State.SENT] >= 3, "some are sent")

    for sender in senders:
        sender.signal(signal.SIGTERM)
    ended = [sender.exit_code for sender in senders if sender.ended(journey.HALF_A_MINUTE)]

    counts = pipeline.watch.counts()
    assert ended == [0, 0]
    assert counts[State.STRANDED] == counts[State.SENDING] == counts[State.RELEASING] == 0
    assert counts[State.SENT] + counts[State.APPROVED] == 40
    assert len(pipeline.delivered()) == counts[State.SENT]


def test_a_process_says_that_it_lives_is_ready_and_what_it_counts(pipeline: Pipeline) -> None:
    address = f"127.0.0.1:{free_port()}"
    journey.awaiting(pipeline.db)
    sweeper = pipeline.run.start("sweeper", HOLDSHORT_HTTP=address)
    pipeline.up(sweeper)

    def said(page: str) -> str:
        with urlopen(f"http://{address}/{page}", timeout=5) as answer:
            return str(answer.read().decode())

    assert said("livez") == "alive\n"
    assert said("readyz") == "ready\n"
    assert 'holdshort_intents{channel="email",state="awaiting_approval"} 1.0' in said("metrics")
    assert "holdshort_outbound_enabled 0.0" in said("metrics")
