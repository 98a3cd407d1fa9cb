"""One session of a superuser, who plays others: the login that is connected is theirs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from outbox import Proposal
from outbox.store import Connection
from outbox.tenants import bind
from tests.parts.journey import mail

_RIGHTS = (
    "GRANT USAGE ON SCHEMA outbox TO {}",
    "GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA outbox TO {}",
    "GRANT SELECT ON ALL TABLES IN SCHEMA outbox TO {}",
)
"""More than any group has: what is refused then is refused by more than a privilege."""


@contextmanager
def connected(db: Connection, group: str, *tenants: str) -> Iterator[str]:
    """As a login of this group, bound to these tenants; yields its name."""
    login = "_".join(("eve", group, *tenants))
    if not db.execute("SELECT FROM pg_roles WHERE rolname = %s", (login,)).fetchall():
        db.execute(f"CREATE ROLE {login} LOGIN IN ROLE {group}".encode())
        for right in _RIGHTS:
            db.execute(right.format(login).encode())
    for tenant in tenants:
        bind(db, login, tenant, actor="ada")
    db.execute(f"SET LOCAL SESSION AUTHORIZATION {login}".encode())
    yield login
    db.execute("SET LOCAL SESSION AUTHORIZATION DEFAULT")


def forging(db: Connection) -> None:
    """Let anybody write as the owner's functions do: only the policies are in the way."""
    db.execute(
        "CREATE FUNCTION outbox.forge(statement text) RETURNS void LANGUAGE plpgsql"
        " SECURITY DEFINER AS $$ BEGIN EXECUTE statement; END $$"
    )
    db.execute("ALTER FUNCTION outbox.forge OWNER TO holdshort_owner")
    db.execute("GRANT EXECUTE ON FUNCTION outbox.forge TO PUBLIC")


def proposal(key: str, tenant: str | None = None, subject: str = "x") -> Proposal:
    return Proposal(artifact=mail(subject), key=key, producer="tests", tenant=tenant)
