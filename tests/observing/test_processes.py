"""What a process tells that only it can know: where it stands, and what it will not sign."""

from __future__ import annotations

from pathlib import Path

from prometheus_client import REGISTRY, CollectorRegistry, generate_latest

from consumers.attesting import unless_contradicted
from deploy.scraping import ArmedGauge
from outbox.epoch import Site
from outbox.store import Connection
from tests.parts import journey
from tests.parts.logins import logins_of
from tests.parts.receipts import attest
from tests.receipts.test_publishing import rolled_back

NOBODY = "postgresql://nobody@127.0.0.1:1/nothing"


def armed(dsn: str, site: Site) -> list[str]:
    registry = CollectorRegistry()
    registry.register(ArmedGauge(dsn, site))
    lines = generate_latest(registry).decode().splitlines()
    return [line for line in lines if not line.startswith("#")]


def test_a_sender_says_whether_sending_is_armed_where_it_stands(dsn: str) -> None:
    sender = logins_of(dsn)["sender"]

    assert armed(sender, Site()) == ["holdshort_armed 1.0"]
    assert armed(sender, Site("elsewhere")) == ["holdshort_armed 0.0"]


def test_a_sender_without_a_database_says_nothing_and_is_scraped() -> None:
    assert armed(NOBODY, Site()) == []


def test_an_attester_whose_log_is_contradicted_signs_nothing_lives_and_says_so(
    db: Connection, tmp_path: Path
) -> None:
    outside = tmp_path / "checkpoints"
    for _ in range(5):
        journey.proposed(db)
    look = unless_contradicted(lambda: attest(db, outside))
    look()
    before, told = outside.read_text("utf-8"), contradicted()
    rolled_back(db)
    journey.proposed(db)

    assert look() == 0
    assert (told, contradicted()) == (0, 1)
    assert outside.read_text("utf-8") == before


def contradicted() -> float | None:
    return REGISTRY.get_sample_value("holdshort_log_contradicted")
