"""A database of one's own on a server that others use, too."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode
from uuid import uuid4

from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg.sql import SQL, Identifier

from outbox.store import connect


@contextmanager
def temporary_database(server: str, *, template: str = "template1") -> Iterator[str]:
    """The DSN of a copy of `template`; it goes after the block, with all its sessions."""
    name = f"holdshort_{uuid4().hex}"
    create = SQL("CREATE DATABASE {} TEMPLATE {}")
    drop = SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    with connect(server, application="holdshort") as administration:
        administration.execute(create.format(Identifier(name), Identifier(template)))
        try:
            yield make_conninfo(server, dbname=name)
        finally:
            administration.execute(drop.format(Identifier(name)))


def url(dsn: str) -> str:
    """The same database as a URL, which clients that are not libpq read, too."""
    parts = conninfo_to_dict(dsn)
    where = urlencode({"host": parts["host"], "port": parts["port"]})
    return f"postgresql://{parts['user']}@/{parts['dbname']}?{where}"
