"""Alembic's entry: run the migrations on the connection that `schemas.migrate` hands over."""

from __future__ import annotations

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, version_table_schema="outbox")
with context.begin_transaction():
    context.run_migrations()
