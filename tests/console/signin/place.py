"""A console to sign in to, and the hands of whoever runs it."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from consumers.console.signin import passwords
from consumers.console.signin.opening import SESSION, who
from consumers.console.signin.ways import Ways
from outbox.people import accounts, digest_of
from outbox.store import Connection
from tests.console.signin.visitor import Visitor
from tests.parts.console import console
from tests.parts.logins import logins_of

PASSWORD, OTHER = "correct horse battery", "staple battery horse"
MINUTES = dt.timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Place:
    origin: str
    db: Connection
    """Of a superuser."""

    def visitor(self, **headers: str) -> Visitor:
        return Visitor(self.origin, **headers)

    def add(self, name: str, password: str = PASSWORD) -> None:
        accounts.add(self.db, name, hash=hashed(password), actor="olga")

    def ticket(self, person: str) -> str:
        token = secrets.token_urlsafe(32)
        accounts.give_ticket(self.db, token, person, good_for=MINUTES, actor="olga")
        return token

    def signed_in(self, person: str = "ada") -> Visitor:
        """By a link."""
        visitor = self.visitor()
        answer = visitor.post("/signin/once", {"token": self.ticket(person)})
        assert answer.status_code == 303, answer.text
        return visitor

    def with_password(self, name: str, password: str = PASSWORD, **headers: str) -> Visitor:
        visitor = self.visitor(**headers)
        visitor.post("/signin", {"name": name, "password": password})
        return visitor

    def move(self, visitor: Visitor, how: str) -> None:
        """Move this visitor's session: `how` is the SET of an UPDATE, as time would do it."""
        self.past("session", how, digest_of(visitor.cookies[SESSION]))

    def past(self, table: str, how: str, hash: bytes) -> None:
        self.db.execute(f"ALTER TABLE outbox.{table} DISABLE TRIGGER USER".encode())
        statement = f"UPDATE outbox.{table} SET {how} WHERE hash = %s".encode()
        assert self.db.execute(statement, (hash,)).rowcount == 1
        self.db.execute(f"ALTER TABLE outbox.{table} ENABLE TRIGGER USER".encode())


@contextmanager
def place(
    dsn: str, db: Connection, ways: Callable[[str], Ways] = lambda _: Ways()
) -> Iterator[Place]:
    """With the login of a console: what it may not do, it cannot do here either."""
    with console(logins_of(dsn)["console"], who=who, ways=ways) as origin:
        yield Place(origin, db)


@cache
def hashed(password: str) -> str:
    """Once: it takes its time."""
    return passwords.hashed(password)


def emptied(db: Connection) -> None:
    """As if nobody had ever been here."""
    for table in ("password", "account", "session", "ticket", "password_try", "oidc_request"):
        for statement in (
            "ALTER TABLE outbox.{} DISABLE TRIGGER USER",
            "DELETE FROM outbox.{}",
            "ALTER TABLE outbox.{} ENABLE TRIGGER USER",
        ):
            db.execute(statement.format(table).encode())
