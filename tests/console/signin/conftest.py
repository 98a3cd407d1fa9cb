from __future__ import annotations

from collections.abc import Iterator

import pytest

from outbox.store import connect
from tests.console.signin.place import Place, emptied, place


@pytest.fixture(scope="module")
def console_of_a_file(server_dsn: str, template: str) -> Iterator[Place]:
    """A console with accounts and links alone, for all tests of a file."""
    from deploy.local.databases import temporary_database

    with (
        temporary_database(server_dsn, template=template) as dsn,
        connect(dsn, application="tests") as db,
        place(dsn, db) as one,
    ):
        yield one


@pytest.fixture
def here(console_of_a_file: Place) -> Place:
    """The same, where nobody was ever signed in."""
    emptied(console_of_a_file.db)
    return console_of_a_file
