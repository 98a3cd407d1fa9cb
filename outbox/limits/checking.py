"""What a person is told at once that the permit would refuse later."""

from __future__ import annotations

from outbox.errors import GateClosed
from outbox.store import Connection, sql


def check_suppressed(connection: Connection, id: int) -> None:
    """Raise `GateClosed` if intent `id` would reach whom it must not."""
    if targets := connection.execute(sql("suppressed"), {"id": id}).fetchall():
        names = ", ".join(target for (target,) in targets)
        raise GateClosed(
            "suppressed",
            f"intent {id} would leave to {names}, to which nothing may leave",
            hint="see why: holdshort suppress list",
        )
