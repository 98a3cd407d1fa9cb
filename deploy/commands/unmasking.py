"""What a command adds once somebody has decided on a decoy: they are told."""

from __future__ import annotations


def told(said: str, id: int, wrong: str | None) -> str:
    """The sentence of the command, or what it was about in truth."""
    return said if wrong is None else f"intent {id} was a decoy, and never leaves: {wrong}"
