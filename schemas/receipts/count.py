"""How many receipts an intent has, and who has signed, in the attester's word."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.receipts import reading
from schemas.receipts.bundle import Word
from schemas.receipts.checkpoint import Checkpoint
from schemas.receipts.envelope import COUNT, Envelope, sealed
from schemas.receipts.keys import Signer
from schemas.receipts.reading import JSON
from schemas.receipts.statement import digest_of

_COUNT: dict[str, type | tuple[type, ...]] = {
    "log": str,
    "intent": int,
    "count": int,
    "size": int,
    "root": str,
    "people": str,
}


def counted(
    intent: int, count: int, at: Checkpoint, signer: Signer, people: Sequence[Word] = ()
) -> Envelope:
    """Say how many receipts of this intent the log has at this size, and who has signed."""
    said = {**_about(intent, at, people), "count": count}
    return sealed(COUNT, reading.canonical(said), signer)


def count_of(payload: bytes, intent: int, at: Checkpoint, people: Sequence[Word]) -> int | None:
    """How many this count says; None if it is about something else."""
    value = reading.parsed(payload)
    said = reading.fields(value, _COUNT, "the count")
    about = _about(intent, at, people)
    if reading.canonical(value) != payload or about.items() - said.items():
        return None
    return int(said["count"])


def _about(intent: int, at: Checkpoint, people: Sequence[Word]) -> JSON:
    return {
        "log": at.log,
        "intent": intent,
        "size": at.size,
        "root": reading.spelled(at.root),
        "people": digest_of(reading.canonical([one.as_json() for one in people])),
    }
