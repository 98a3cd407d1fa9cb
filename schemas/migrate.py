"""Bring a database to the schema of this version, one process at a time."""

from __future__ import annotations

from importlib import resources

import psycopg
import sqlalchemy
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy.exc import DBAPIError

from outbox.errors import DependencyDown, NotAllowed
from outbox.failpoints import Point, reach
from schemas.grants import grants, version_grant
from schemas.groups import OWNER
from schemas.roles import make_roles


def upgrade(dsn: str) -> str:
    """Run every missing migration in one transaction; give back the revision reached.

    Safe to run again and at the same time.  Everything belongs to the owner, whoever runs
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


def _upgrade(connection: sqlalchemy.Connection) -> str:
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('outbox.migrate'))")
    reach(Point.BEFORE_MIGRATION)
    connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS outbox AUTHORIZATION {OWNER}")
    connection.exec_driver_sql(f"SET LOCAL ROLE {OWNER}")
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    for grant in (*grants(), version_grant()):
        connection.exec_driver_sql(grant)
    context = MigrationContext.configure(connection, opts={"version_table_schema": "outbox"})
    return context.get_current_revision() or ""


def _not_allowed(refusal: psycopg.Error) -> NotAllowed:
    return NotAllowed(
        f"this login may not migrate: {str(refusal).strip()}",
        hint="let a DBA run what `holdshort roles` prints, and, for this login:"
        f" GRANT {OWNER} TO LOGIN; GRANT CREATE ON DATABASE DATABASE_NAME TO LOGIN",
    )


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(resources.files("schemas") / "migrations"))
    config.set_main_option("path_separator", "os")
    return config
