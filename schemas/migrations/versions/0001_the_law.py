"""The law: tables, constraints named as sentences, the permit.  Sending is off."""

from __future__ import annotations

from outbox.lifecycle import LEASES, MOVES
from schemas.migrations.law import statements
from schemas.migrations.running import fill, run

revision = "0001"
down_revision = None


def upgrade() -> None:
    for statement in statements().values():
        run(statement)
    for move in sorted(MOVES):
        fill("move", *map(str, move))
    for lease in LEASES:
        fill("lease", *lease)
