"""What the state gauges say, and that they survive their database."""

from __future__ import annotations

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from outbox.gauges import StateGauges
from outbox.ledger import Ledger
from outbox.queries import WAITING, reader, switch
from outbox.store import Connection
from tests.parts import journey
from tests.parts.receipts import attest

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


def test_a_missing_switch_reads_as_off(dsn: str, db: Connection) -> None:
    journey.switch_on(db)
    db.execute("DELETE FROM outbox.switch")

    with reader(dsn).connect() as connection:
        assert not switch(connection).outbound


def test_a_database_that_is_down_leaves_the_scrape_alive() -> None:
    assert scrape(NOBODY) == {}


def test_a_database_without_our_schema_leaves_the_scrape_alive(server_dsn: str) -> None:
    assert scrape(server_dsn) == {}


def test_what_was_sent_is_not_read_to_count_what_waits(dsn: str) -> None:
    with reader(dsn).connect() as connection:
        connection.exec_driver_sql("SET enable_seqscan = off")
        statement = WAITING.compile(connection.engine)
        plan = connection.exec_driver_sql(f"EXPLAIN {statement}").scalars().all()

    assert "intent_waiting" in "\n".join(plan)
