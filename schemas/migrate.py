"""Bring a database to the schema of this version, one process at a time."""

from __future__ import annotations

from importlib import resources

import psycopg
import sqlalchemy
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from sqlalchemy.exc import DBAPIError

from outbox.errors import DependencyDown
from outbox.failpoints import Point, reach


def upgrade(dsn: str) -> str:
    """Run every missing migration in one transaction; give back the revision reached.

    Safe to run again and at the same time.  Raises `DependencyDown` if the database does
    not answer.
    """
    # libpq reads the DSN itself, so every form that it knows works here, too.
    engine = sqlalchemy.create_engine(
        "postgresql+psycopg://",
        # Prepared statements would stay behind in a session that a pooler shares.
        creator=lambda: psycopg.connect(dsn, connect_timeout=5, prepare_threshold=None),
    )
    try:
        with engine.begin() as connection:
            reached = _upgrade(connection)
            reach(Point.AFTER_MIGRATION)
        reach(Point.MIGRATED)
        return reached
    except DBAPIError as error:
        raise DependencyDown(f"the migration failed: {error.orig}") from error
    finally:
        engine.dispose()


def _upgrade(connection: sqlalchemy.Connection) -> str:
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(hashtext('outbox.migrate'))")
    reach(Point.BEFORE_MIGRATION)
    connection.exec_driver_sql("CREATE SCHEMA IF NOT EXISTS outbox")
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    context = MigrationContext.configure(connection, opts={"version_table_schema": "outbox"})
    return context.get_current_revision() or ""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(resources.files("schemas") / "migrations"))
    config.set_main_option("path_separator", "os")
    return config
