"""Run one statement of a migration, or write it down: `holdshort migrate --sql`."""

from __future__ import annotations

from alembic import context, op
from psycopg.sql import SQL, Identifier, Literal


def run(statement: str) -> None:
    """As it stands: nothing in it is a parameter."""
    if context.is_offline_mode():
        op.get_context().impl.static_output(f"{statement.rstrip().rstrip(';')};\n")
    else:
        op.get_bind().exec_driver_sql(statement, execution_options={"no_parameters": True})


def fill(table: str, *values: object) -> None:
    """One more row of a table of ours."""
    named = Identifier("outbox", table)
    listed = SQL(", ").join(map(Literal, values))
    run(SQL("INSERT INTO {} VALUES ({})").format(named, listed).as_string())
