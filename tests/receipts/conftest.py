"""A log in a database, and a look at it as an exporter has it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy

from outbox.queries import reader


@pytest.fixture
def look(dsn: str) -> Iterator[sqlalchemy.Connection]:
    """A read-only connection to the test's database; each statement sees the present."""
    with reader(dsn).connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        yield connection
