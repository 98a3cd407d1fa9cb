"""A provider, and a console that believes it, for all tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from outbox.store import connect
from tests.console.signin.oidc.leaving import ways
from tests.console.signin.place import Place, emptied, place
from tests.parts import provider as parts
from tests.parts.provider import Provider


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    with parts.provider() as one:
        yield one


@pytest.fixture(scope="module")
def console_of_a_file(server_dsn: str, template: str, provider: Provider) -> Iterator[Place]:
    from deploy.local.databases import temporary_database

    with (
        temporary_database(server_dsn, template=template) as dsn,
        connect(dsn, application="tests") as db,
        place(dsn, db, lambda origin: ways(provider.issuer, origin)) as one,
    ):
        yield one


@pytest.fixture
def here(console_of_a_file: Place, provider: Provider) -> Place:
    emptied(console_of_a_file.db)
    fresh = Provider(provider.issuer)
    for name in ("claims", "document", "sign", "status", "asked", "codes"):
        setattr(provider, name, getattr(fresh, name))
    return console_of_a_file
