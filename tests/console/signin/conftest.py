from __future__ import annotations

from collections.abc import Iterator

import pytest

from consumers.console.signin.ways import Ways
from outbox.store import Connection
from tests.console.signin.place import Place, place


@pytest.fixture
def here(dsn: str, db: Connection) -> Iterator[Place]:
    """A console where nobody is signed in yet, with accounts and links alone."""
    with place(dsn, db, Ways()) as one:
        yield one
