"""The password and the certificate of Kafka change while moves are published."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from consumers.wakeups import Bell
from outbox.lifecycle import State
from outbox.store import Connection
from schemas.events import topic_of
from tests.parts.secured import SecuredKafka, secured_kafka
from tests.parts.waiting import wait_until
from tests.relay.hearing import ear
from tests.relay.moving import Mover, many_writers
from tests.relay.running import relays_to

MINUTE = dt.timedelta(minutes=1)
SUBMITTED = [topic_of(State.SUBMITTED)]


pytestmark = [
    pytest.mark.kafka,
    pytest.mark.skipif(
        os.environ.get("HOLDSHORT_TEST_KAFKA") != "apache",
        reason="TLS and SASL are Apache Kafka's: make test-kafka",
    ),
]


@pytest.fixture
def secured(tmp_path: Path) -> Iterator[SecuredKafka]:
    with secured_kafka(tmp_path / "secured") as broker:
        yield broker


@pytest.mark.timeout(180)
def test_a_rotated_password_stops_nothing_for_long(
    dsn: str, db: Connection, secured: SecuredKafka
) -> None:
    cluster, mover = secured.cluster(), Mover(db)
    with relays_to(dsn, cluster, count=2), Bell(cluster, SUBMITTED) as bell:
        many_writers(dsn, mover, intents=10, rounds=20)
        wait_until(lambda: not mover.unpublished(), MINUTE, "the first half is published")
        secured.change_password("second-password")
        secured.kill()  # every session ends: the next ones are asked for the new one
        secured.start()
        many_writers(dsn, mover, intents=10, rounds=20)
        secured.password_file.write_text("second-password\n")
        wait_until(lambda: not mover.unpublished(), MINUTE, "all is published")
        rung = bell.rings
        mover.propose()
        assert bell.wait(rung, MINUTE) > rung
        with ear(secured.bootstrap, mover.trace) as heard:
            heard.listen_until_it_hears(mover.committed(), MINUTE)

    assert heard.out_of_order() == []
