"""What the state gauges say, and that they survive their database."""

from __future__ import annotations

import datetime as dt

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from deploy.bench.flat.rewriting import rewriting
from outbox.desk import Desk
from outbox.gauges import StateGauges
from outbox.ledger import Ledger
from outbox.limits.setting import Limits, Scope
from outbox.queries import WAITING, reader, switch
from outbox.store import Connection
from tests.parts import journey
from tests.parts.receipts import attest

STAGES = ("score", "route", "send")
NOBODY = "postgresql://nobody@127.0.0.1:1/nothing"


def scrape(dsn: str) -> dict[str, float]:
    """Every series and its value, as Prometheus would read it."""
    registry = CollectorRegistry()
    registry.register(StateGauges(reader(dsn).connect))
    lines = generate_latest(registry).decode().splitlines()
    pairs = (line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
    return {series: float(value) for series, value in pairs}


def test_every_intent_that_is_not_final_is_in_a_gauge(dsn: str, db: Connection) -> None:
    ledger = Ledger(db, worker="sender-1")
    journey.stranded(db, ledger)
    journey.proposed(db)
    journey.proposed(db)

    gauges = scrape(dsn)

    assert gauges['holdshort_intents{channel="email",state="stranded"}'] == 1
    assert gauges['holdshort_intents{channel="email",state="submitted"}'] == 2
    assert sum(v for k, v in gauges.items() if k.startswith("holdshort_intents")) == 3


def test_nothing_stranded_is_said_aloud(dsn: str) -> None:
    gauges = scrape(dsn)

    assert gauges['holdshort_intents{channel="email",state="stranded"}'] == 0
    assert gauges['holdshort_oldest_age_seconds{state="stranded"}'] == 0


def test_the_oldest_age_counts_from_the_last_move(dsn: str, db: Connection) -> None:
    journey.proposed(db)
    journey.proposed(db)
    db.execute("UPDATE outbox.intent SET moved_at = now() - interval '1 hour' WHERE id = 1")

    gauges = scrape(dsn)

    assert gauges['holdshort_oldest_age_seconds{state="submitted"}'] == pytest.approx(
        3600, abs=30
    )


def test_the_switch_and_what_kafka_lacks_are_gauges(dsn: str, db: Connection) -> None:
    before = scrape(dsn)
    journey.proposed(db)
    journey.switch_on(db)
    after = scrape(dsn)

    assert (before["holdshort_outbound_enabled"], before["holdshort_outbox_unpublished"]) == (
        0,
        0,
    )
    assert (after["holdshort_outbound_enabled"], after["holdshort_outbox_unpublished"]) == (
        1,
        1,
    )


def test_receipts_that_no_checkpoint_covers_are_a_gauge(dsn: str, db: Connection) -> None:
    attest(db)
    journey.awaiting(db)
    before = scrape(dsn)
    attest(db)
    after = scrape(dsn)

    assert before["holdshort_receipts_unattested"] == 3
    assert after["holdshort_receipts_unattested"] == 0


def test_a_stage_that_nobody_does_is_told_by_how_long_its_oldest_is_due(
    dsn: str, db: Connection
) -> None:
    journey.approved(db)
    journey.proposed(db)
    db.execute("UPDATE outbox.intent SET due_at = now() + interval '1 hour' WHERE id = 1")
    db.execute("UPDATE outbox.intent SET due_at = now() - interval '1 hour' WHERE id = 2")

    gauges = scrape(dsn)

    due = {name: gauges[f'holdshort_oldest_due_seconds{{stage="{name}"}}'] for name in STAGES}
    assert due == {"score": pytest.approx(3600, abs=30), "route": 0, "send": 0}
    assert gauges["holdshort_approved_not_due"] == 1


def test_what_was_deferred_is_a_gauge_until_it_is_back(dsn: str, db: Connection) -> None:
    waits = journey.awaiting(db)
    desk = Desk(db, actor="ada")
    tomorrow = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)

    desk.defer(waits.id, digest=journey.seen(db, waits.id), until=tomorrow)
    during = scrape(dsn)
    desk.take_up(waits.id)

    assert during["holdshort_deferred"] == 1
    assert scrape(dsn)["holdshort_deferred"] == 0


def test_of_caps_the_one_nearest_its_end_is_told(dsn: str, db: Connection) -> None:
    limits = Limits(db, actor="ada")
    limits.set_cap(Scope.CHANNEL, "email", most=2, span=journey.HOUR)
    limits.set_cap(Scope.EVERYTHING, "", most=100, span=journey.HOUR)
    before = scrape(dsn)
    journey.stranded(db, Ledger(db, worker="sender-1"))

    assert before["holdshort_cap_used_ratio"] == 0
    assert scrape(dsn)["holdshort_cap_used_ratio"] == 0.5


def test_how_old_the_first_unpublished_move_and_the_first_unsigned_receipt_are(
    dsn: str, db: Connection
) -> None:
    journey.proposed(db)
    with rewriting(db, "event", "receipt"):
        for table in ("event", "receipt"):
            db.execute(f"UPDATE outbox.{table} SET at = now() - interval '1 hour'".encode())

    gauges = scrape(dsn)

    for name in ("outbox_oldest_age_seconds", "attest_oldest_age_seconds"):
        assert gauges[f"holdshort_{name}"] == pytest.approx(3600, abs=30), name


def test_a_route_that_fails_again_and_again_is_counted_and_not_named(
    dsn: str, db: Connection
) -> None:
    named = "INSERT INTO outbox.route (name, failures) VALUES ('ops', 3), ('desk', 2)"
    db.execute(named)

    assert scrape(dsn)["holdshort_routes_failing"] == 1


def test_what_an_agent_calls_a_channel_is_no_label(dsn: str, db: Connection) -> None:
    called = "SELECT outbox.submit(key => 'k', producer => 'p', channel => %s, content => %s)"
    db.execute(called, ["ada@example.org", b"{}"])

    gauges = scrape(dsn)

    assert gauges['holdshort_intents{channel="other",state="submitted"}'] == 1
    assert not any("@" in series for series in gauges)


def test_a_missing_switch_reads_as_off(dsn: str, db: Connection) -> None:
    journey.switch_on(db)
    db.execute("DELETE FROM outbox.switch")

    with reader(dsn).connect() as connection:
        assert not switch(connection).outbound


def test_a_database_that_is_down_is_said_and_leaves_the_scrape_alive(dsn: str) -> None:
    assert scrape(NOBODY) == {"holdshort_state_read": 0}
    assert scrape(dsn)["holdshort_state_read"] == 1


def test_a_database_without_our_schema_leaves_the_scrape_alive(server_dsn: str) -> None:
    assert scrape(server_dsn) == {"holdshort_state_read": 0}


def test_what_was_sent_is_not_read_to_count_what_waits(dsn: str) -> None:
    with reader(dsn).connect() as connection:
        connection.exec_driver_sql("SET enable_seqscan = off")
        statement = WAITING.compile(connection.engine)
        plan = connection.exec_driver_sql(f"EXPLAIN {statement}").scalars().all()

    assert "intent_waiting" in "\n".join(plan)
