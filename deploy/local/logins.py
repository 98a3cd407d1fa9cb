"""A login for each group, so that no process on this machine may do more than its part."""

from __future__ import annotations

from contextlib import suppress

import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier, Literal

from outbox.store import connect
from schemas.groups import GROUPS, TOGETHER


def logins(dsn: str, *, password: str = "") -> dict[str, str]:
    """The DSN of each role, `sender` and so on, with a login that is made if it is missing.

    `dsn` is that of a migrated database and of somebody who may make roles.  Without a
    password only a server that asks for none lets them in.
    """
    make = SQL("CREATE ROLE {} LOGIN PASSWORD {} IN ROLE {}")
    [people] = TOGETHER
    found = {}
    with connect(dsn, application="holdshort") as administration:
        for group in GROUPS:
            role = group.name.removeprefix("holdshort_")
            login = f"local_{role}"
            # Whoever is signed in at the console looks, decides and operates through it.
            groups = sorted(people) if role == "console" else [group.name]
            with suppress(psycopg.errors.DuplicateObject, psycopg.errors.UniqueViolation):
                named = SQL(", ").join(map(Identifier, groups))
                administration.execute(
                    make.format(Identifier(login), Literal(password or None), named)
                )
            found[role] = make_conninfo(dsn, user=login, password=password or None)
    return found
