"""People who decide, each by a login of their own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from outbox.store import Connection, connect
from tests.parts.logins import logins_of


@pytest.fixture
def logins(dsn: str) -> dict[str, str]:
    return logins_of(dsn)


@pytest.fixture
def reviewer(logins: dict[str, str]) -> Iterator[Connection]:
    with connect(logins["reviewer"], application="tests") as connection:
        yield connection
