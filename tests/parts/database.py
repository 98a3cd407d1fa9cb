"""The database server that all tests share."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

from deploy.local.postgres import EmbeddedPostgres
from tests.parts.containers import docker_answers, postgres_container

Way = Callable[[str], str]
"""From the DSN of a database to the one by which tests reach it."""

POOLED = "HOLDSHORT_TEST_PGBOUNCER"


def prepared_after() -> int | None:
    """After how many times a test's own connection prepares a statement: behind a pooler,
    whose sessions it may not keep, never."""
    return None if os.environ.get(POOLED) == "1" else 5


@contextmanager
def picked_way(directory: Path, server: str) -> Iterator[Way]:
    """How tests get to a database of the server: `HOLDSHORT_TEST_PGBOUNCER=1` leads all of
    them, and whatever they start, through PgBouncer in transaction mode."""
    if os.environ.get(POOLED) != "1":
        yield lambda dsn: dsn
        return
    from tests.parts.pooler import PoolerOfLogins

    directory.mkdir()
    directory.chmod(0o777)  # whoever runs the server runs it, and is not root
    with PoolerOfLogins(directory, server) as pooler:
        yield pooler.way


def picked_server(directory: Path) -> AbstractContextManager[str]:
    """The DSN of the server the environment asks for."""
    if dsn := os.environ.get("HOLDSHORT_TEST_DSN"):
        return nullcontext(dsn)
    if docker_answers():
        return postgres_container()
    return EmbeddedPostgres(directory)
