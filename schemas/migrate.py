"""Bring a database to the schema of this version, one process at a time."""

from __future__ import annotations

import io
from importlib import resources

import psycopg
import sqlalchemy
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy.exc import DBAPIError

from outbox.errors import BadSettings, DependencyDown, NotAllowed
from outbox.failpoints import Point, reach
from schemas.groups import OWNER
from schemas.privileges import grants, version_grant
from schemas.revision import is_later, refusal, serves
from schemas.roles import make_roles

_BEFORE = (
    "SELECT pg_advisory_xact_lock(hashtext('outbox.migrate'))",
    "SET LOCAL lock_timeout = '5s'",
    f"CREATE SCHEMA IF NOT EXISTS outbox AUTHORIZATION {OWNER}",
    f"SET LOCAL ROLE {OWNER}",
)
"""What comes before the steps, in their transaction."""


def upgrade(dsn: str) -> str:
    """Run every missing migration in one transaction; give back the revision reached.

    Safe to run again and at the same time; a database of a later version that serves this one
    is left as it is.  It waits for no lock for long, since whoever comes after it would wait,
    too: then it fails, and is run again.  Everything belongs to the owner, whoever runs
    it, and every privilege is given anew.  Raises `DependencyDown` if the database does not
    answer, and `NotAllowed` if it does not let this login make the owner.
    """
    # libpq reads the DSN itself, so every form that it knows works here, too.
    engine = sqlalchemy.create_engine(
        "postgresql+psycopg://",
        # Prepared statements would stay behind in a session that a pooler shares.
        creator=lambda: psycopg.connect(dsn, connect_timeout=5, prepare_threshold=None),
    )
    try:
        with engine.begin() as connection:
            make_roles(connection)
        with engine.begin() as connection:
            reached = _upgrade(connection)
            reach(Point.AFTER_MIGRATION)
        reach(Point.MIGRATED)
        return reached
    except DBAPIError as error:
        if isinstance(error.orig, psycopg.errors.InsufficientPrivilege):
            raise _not_allowed(error.orig) from error
        raise DependencyDown(f"the migration failed: {error.orig}") from error
    finally:
        engine.dispose()


def script(since: str = "base") -> str:
    """The SQL that `upgrade` would run after that revision, for a DBA to read and to run.

    Raises `BadSettings` for a revision that nobody knows.
    """
    written = io.StringIO()
    config = _config(written)
    try:
        command.upgrade(config, f"{since}:head", sql=True)
    except CommandError as error:
        raise BadSettings(f"--from {since}: {error}") from error
    given = [f"{grant};" for grant in (*grants(), version_grant())]
    lines = ["BEGIN;", *(f"{one};" for one in _BEFORE), written.getvalue(), *given, "COMMIT;"]
    return "\n".join(lines)


def _upgrade(connection: sqlalchemy.Connection) -> str:
    first, *others = _BEFORE
    connection.exec_driver_sql(first)
    reach(Point.BEFORE_MIGRATION)
    for one in others:
        connection.exec_driver_sql(one)
    config = _config()
    config.attributes["connection"] = connection
    context = MigrationContext.configure(connection, opts={"version_table_schema": "outbox"})
    found = context.get_current_revision() or ""
    if is_later(found):
        return _served(found)
    command.upgrade(config, "head")
    for grant in (*grants(), version_grant()):
        connection.exec_driver_sql(grant)
    return context.get_current_revision() or ""


def _served(found: str) -> str:
    """After a roll-back of the code alone there is nothing to do, or nothing to be done."""
    if not serves(found):
        raise refusal(found)
    return found


def _not_allowed(refusal: psycopg.Error) -> NotAllowed:
    return NotAllowed(
        f"this login may not migrate: {str(refusal).strip()}",
        hint="let a DBA run what `holdshort roles` prints, and, for this login:"
        f" GRANT {OWNER} TO LOGIN; GRANT CREATE ON DATABASE DATABASE_NAME TO LOGIN",
    )


def _config(written: io.StringIO | None = None) -> Config:
    config = Config(output_buffer=written)
    config.set_main_option("script_location", str(resources.files("schemas") / "migrations"))
    config.set_main_option("path_separator", "os")
    return config
