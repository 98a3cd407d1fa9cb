"""Apache Kafka behind TLS and SASL: who is not whom we hold it for hears nothing from us."""

from __future__ import annotations

import datetime as dt
import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import trustme
from structlog.testing import capture_logs

from consumers.wakeups import Bell
from deploy.stages import publishing
from outbox.cluster import Cluster, Mechanism
from outbox.errors import DependencyDown
from outbox.lifecycle import State
from outbox.store import Connection
from relay.reaching import look_for
from schemas.events import topic_of
from tests.parts import journey
from tests.parts.secured import SecuredKafka, secured_kafka
from tests.parts.waiting import wait_until
from tests.relay.hearing import SOON
from tests.relay.moving import Mover
from tests.relay.running import relays_to

pytestmark = [
    pytest.mark.kafka,
    pytest.mark.skipif(
        os.environ.get("HOLDSHORT_TEST_KAFKA") != "apache",
        reason="TLS and SASL are Apache Kafka's: make test-kafka",
    ),
]

SUBMITTED = [topic_of(State.SUBMITTED)]


@pytest.fixture(scope="module")
def secured(room: Path) -> Iterator[SecuredKafka]:
    with secured_kafka(room / "secured") as broker:
        yield broker


@pytest.fixture(
    params=["another authority", "the system's", "another name", "another password"]
)
def refused(
    request: pytest.FixtureRequest, secured: SecuredKafka, tmp_path: Path
) -> tuple[Cluster, str]:
    """What differs from whom the broker knows, and what is said about it."""
    ours, other = secured.cluster(), tmp_path / "other"
    match request.param:
        case "another authority":
            trustme.CA().cert_pem.write_to_path(str(other))
            return replace(ours, ca=other), "certificate"
        case "the system's":
            return replace(ours, ca=None), "certificate"
        case "another name":
            return secured.cluster("127.0.0.1"), "certificate"
        case _:
            other.write_text("another")
            return replace(ours, password_file=other), "uthentication failed"


@pytest.mark.parametrize("mechanism", ["SCRAM-SHA-512", "PLAIN"])
def test_a_move_is_published_and_rings_over_tls_and_sasl(
    dsn: str, db: Connection, secured: SecuredKafka, mechanism: Mechanism
) -> None:
    cluster = secured.cluster(mechanism=mechanism)
    with relays_to(dsn, cluster, count=2), Bell(cluster, SUBMITTED) as bell:
        wait_until(lambda: bell.rings > 0, SOON, "the bell hangs")
        heard, mover = bell.rings, Mover(db)
        mover.propose()
        assert bell.wait(heard, SOON) > heard
        wait_until(lambda: not mover.unpublished(), SOON, "all is published")


def test_a_relay_that_is_not_let_in_says_why_and_publishes_nothing(
    dsn: str, db: Connection, refused: tuple[Cluster, str]
) -> None:
    cluster, why = refused
    mover = Mover(db)
    mover.propose()

    with pytest.raises(DependencyDown, match=why) as told:
        publishing(dsn, cluster, threading.Event())

    assert "HOLDSHORT_KAFKA_" in told.value.hint
    assert mover.unpublished() == mover.committed() != set()


def test_a_bell_that_is_not_let_in_says_so_once_and_leaves_nothing_behind(
    refused: tuple[Cluster, str],
) -> None:
    cluster, _ = refused
    before = threading.active_count()
    with capture_logs() as said, Bell(cluster, SUBMITTED) as bell:
        wait_until(lambda: bool(said), SOON, "it says so")
        bell.wait(0, dt.timedelta(seconds=3))  # long enough to try once more

    [once] = [one for one in said if one["event"] == "bell silent"]
    assert "CERTIFICATE" in once["error"] or "HOLDSHORT_KAFKA_PASSWORD_FILE" in once["error"]
    assert bell.rings == 0
    wait_until(lambda: threading.active_count() <= before, SOON, "its threads end")


def test_a_broker_that_takes_only_tls_is_not_spoken_to_without(secured: SecuredKafka) -> None:
    plain = Cluster(secured.cluster().servers)

    with pytest.raises(DependencyDown):
        look_for(plain)


def test_stages_go_on_without_a_kafka_that_does_not_let_them_in(
    dsn: str, db: Connection, refused: tuple[Cluster, str]
) -> None:
    cluster, _ = refused
    with Bell(cluster, SUBMITTED):
        journey.awaiting(db)

    [(state,)] = db.execute("SELECT state FROM outbox.intent").fetchall()
    assert state == "awaiting_approval"
