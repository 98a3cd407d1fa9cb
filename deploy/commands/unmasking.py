"""What a command adds once somebody has decided on a decoy: they are told."""

from __future__ import annotations

from outbox.attention.decoys import unmasked
from outbox.store import Connection


def flaw(connection: Connection, id: int) -> str | None:
    """What is wrong with it, if it was a decoy that was decided on; None: it was none."""
    met = unmasked(connection, [id]).get(id)
    return None if met is None else met.flaw


def told(said: str, id: int, wrong: str | None) -> str:
    """The sentence of the command, or what it was about in truth."""
    return said if wrong is None else f"intent {id} was a decoy, and never leaves: {wrong}"
