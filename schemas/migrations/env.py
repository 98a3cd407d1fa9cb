"""Alembic's entry: run the migrations on the connection that `schemas.migrate` hands over, or
write them down where it hands over none."""

from __future__ import annotations

from alembic import context

if context.is_offline_mode():
    # The transaction is that of whoever has it written down.
    context.configure(
        dialect_name="postgresql", version_table_schema="outbox", transactional_ddl=False
    )
else:
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, version_table_schema="outbox")
with context.begin_transaction():
    context.run_migrations()
