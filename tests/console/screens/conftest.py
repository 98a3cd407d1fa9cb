"""Somebody who looks at the screens."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy

from outbox.ledger import Ledger
from outbox.pools import pooled
from outbox.store import Connection
from tests.parts.logins import logins_of


@pytest.fixture
def look(dsn: str) -> Iterator[sqlalchemy.Connection]:
    """As a console reads; each statement sees the present."""
    engine = pooled(logins_of(dsn)["reader"])
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection
    engine.dispose()


@pytest.fixture
def ledger(db: Connection) -> Ledger:
    return Ledger(db, worker="worker-1")
