from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from deploy.local.sink import MailSink
from outbox.store import Connection
from tests.crash.pipeline import Pipeline, pipeline_of
from tests.parts.brokers import OwnBroker


@pytest.fixture
def pipeline(tmp_path: Path, dsn: str, db: Connection, sink: MailSink) -> Iterator[Pipeline]:
    """A pipeline that has no Kafka: every stage looks by itself."""
    with pipeline_of(tmp_path, dsn, db, "", sink) as pipeline:
        yield pipeline


@pytest.fixture
def belled(
    tmp_path: Path, dsn: str, db: Connection, own_kafka: OwnBroker, sink: MailSink
) -> Iterator[Pipeline]:
    """A pipeline with a broker that the test may kill."""
    with pipeline_of(tmp_path, dsn, db, own_kafka.bootstrap, sink) as pipeline:
        yield pipeline
