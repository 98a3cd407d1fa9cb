from __future__ import annotations

from collections.abc import Iterator

import pytest

from outbox.store import Connection
from tests.console.passkeys.desk import Desk, desk, vouched


@pytest.fixture
def new(dsn: str) -> Iterator[Desk]:
    """Ada before a console; nobody vouches for her device yet."""
    with desk(dsn) as at:
        yield at


@pytest.fixture
def ada(db: Connection, new: Desk) -> Desk:
    """Ada, and a root has vouched for her device."""
    return vouched(db, new)
