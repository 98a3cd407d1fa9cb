"""The parts of other tests that the faults are injected into, and a pooler."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from outbox.store import Connection, connect
from tests.channels.conftest import authority
from tests.crash.conftest import belled, pipeline
from tests.parts.pooler import Pooler

__all__ = ["authority", "belled", "pipeline"]


@pytest.fixture
def pooler(own_room: Path, dsn: str) -> Iterator[Pooler]:
    with Pooler(own_room, dsn) as running:
        yield running


@pytest.fixture
def pooled(pooler: Pooler) -> Iterator[Connection]:
    """A client of the pooler, connected as our own code connects."""
    with connect(pooler.dsn, application="tests") as connection:
        yield connection
