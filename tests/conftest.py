"""The fixtures every test may ask for.

Nothing is started, or even imported, that no test asks for: a unit test needs none of
the parts and starts at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from tests.parts.memory import use_memory

if TYPE_CHECKING:
    from psycopg import Connection
    from psycopg.rows import TupleRow

    from deploy.local.sink import MailSink
    from tests.parts.brokers import OwnBroker
    from tests.parts.database import Way
    from tests.parts.postfix import Postfix


def pytest_configure() -> None:
    use_memory()


@pytest.fixture(autouse=True)
def looks_begin_at_the_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever was given back is claimed at once: no test waits for a part of the time."""
    from outbox import onwards

    monkeypatch.setattr(onwards, "PART", 0)


@pytest.fixture(scope="session")
def room() -> Iterator[Path]:
    """A directory for the parts all tests share; its path fits a Unix socket."""
    with TemporaryDirectory(prefix="holdshort-") as directory:
        shared = Path(directory)
        shared.chmod(0o711)  # a database server started by root runs as somebody else
        yield shared


@pytest.fixture
def own_room() -> Iterator[Path]:
    """An empty directory whose path fits a Unix socket and that others may enter."""
    with TemporaryDirectory(prefix="holdshort-") as directory:
        own = Path(directory)
        own.chmod(0o711)
        yield own


@pytest.fixture(scope="session")
def server_dsn(room: Path) -> Iterator[str]:
    """A database server on which databases may be created."""
    from tests.parts.database import picked_server

    with picked_server(room / "postgres") as dsn:
        yield dsn


@pytest.fixture(scope="session")
def template(server_dsn: str) -> Iterator[str]:
    """The name of a migrated database that nobody is connected to."""
    from psycopg.conninfo import conninfo_to_dict

    from deploy.local.databases import temporary_database
    from schemas.migrate import upgrade

    with temporary_database(server_dsn) as dsn:
        upgrade(dsn)
        yield str(conninfo_to_dict(dsn)["dbname"])


@pytest.fixture(scope="session")
def way_in(room: Path, server_dsn: str) -> Iterator[Way]:
    """How tests get to a database of the server: directly, or through a pooler."""
    from tests.parts.database import picked_way

    with picked_way(room / "pooler", server_dsn) as way:
        yield way


@pytest.fixture
def direct_dsn(server_dsn: str, template: str) -> Iterator[str]:
    """A migrated database of this test's own, armed: its template is another place."""
    from deploy.local.databases import temporary_database
    from tests.parts.journey import arm

    with temporary_database(server_dsn, template=template) as own:
        arm(own)
        yield own


@pytest.fixture
def dsn(request: pytest.FixtureRequest, direct_dsn: str, way_in: Way) -> str:
    """The same, by the way that this run takes."""
    own_session = request.node.get_closest_marker("own_session")
    return direct_dsn if own_session else way_in(direct_dsn)


@pytest.fixture
def db(dsn: str) -> Iterator[Connection[TupleRow]]:
    """A connection to `dsn`; every statement commits by itself."""
    import psycopg

    from tests.parts.database import prepared_after

    after = prepared_after()
    with psycopg.connect(dsn, autocommit=True, prepare_threshold=after) as connection:
        yield connection


@pytest.fixture(scope="session")
def kafka(room: Path) -> Iterator[str]:
    """Host and port of the broker all tests share; it is never killed."""
    from tests.parts.brokers import picked_broker

    with picked_broker(room / "kafka") as bootstrap:
        yield bootstrap


@pytest.fixture
def own_kafka(tmp_path: Path) -> Iterator[OwnBroker]:
    """A running broker of this test's own, which it may kill and start."""
    from tests.parts.brokers import own_broker

    with own_broker(tmp_path / "kafka") as broker:
        yield broker


@pytest.fixture
def sink(tmp_path: Path) -> Iterator[MailSink]:
    """A running mail server of this test's own, which counts what it took over."""
    from deploy.local.sink import MailSink

    with MailSink(tmp_path / "mail") as server:
        yield server


@pytest.fixture
def postfix(own_room: Path) -> Iterator[Postfix]:
    """A running Postfix of this test's own, whose log says what it took over."""
    from tests.parts.postfix import Postfix, missing

    if why := missing():
        pytest.skip(why)
    with Postfix(own_room / "postfix") as server:
        yield server
