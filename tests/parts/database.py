"""A database server for all tests, and a database for each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
from psycopg.sql import SQL, Identifier

from deploy.local.postgres import EmbeddedPostgres
from tests.parts.containers import docker_answers, postgres_container


def picked_server(directory: Path) -> AbstractContextManager[str]:
    """The DSN of the server the environment asks for."""
    if dsn := os.environ.get("HOLDSHORT_TEST_DSN"):
        return nullcontext(dsn)
    if docker_answers():
        return postgres_container()
    return EmbeddedPostgres(directory)


@contextmanager
def fresh_database(server: str, template: str = "template1") -> Iterator[str]:
    """The DSN of a copy of `template`, which goes with everyone connected to it."""
    name = f"holdshort_test_{uuid4().hex}"
    create = SQL("CREATE DATABASE {} TEMPLATE {}").format(
        Identifier(name), Identifier(template)
    )
    drop = SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name))
    with psycopg.connect(server, autocommit=True) as administration:
        administration.execute(create)
        try:
            yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
        finally:
            administration.execute(drop)


def name_of(dsn: str) -> str:
    """The database's name."""
    return urlsplit(dsn).path.removeprefix("/")
