"""The law: tables, constraints named as sentences, the permit.  Sending is off."""

from __future__ import annotations

from alembic import op

from outbox.lifecycle import LEASES, MOVES
from schemas.migrations.law import statements

revision = "0001"
down_revision = None


def upgrade() -> None:
    connection = op.get_bind()
    for statement in statements().values():
        connection.exec_driver_sql(statement, execution_options={"no_parameters": True})
    for move in sorted(MOVES):
        connection.exec_driver_sql("INSERT INTO outbox.move VALUES (%s, %s, %s)", tuple(move))
    for lease in LEASES:
        connection.exec_driver_sql(
            "INSERT INTO outbox.lease VALUES (%s, %s, %s, %s)", tuple(lease)
        )
