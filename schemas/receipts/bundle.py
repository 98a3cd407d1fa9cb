"""What travels: the receipts of one intent, or the whole log, with all that proves them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.receipts import reading
from schemas.receipts.checkpoint import Checkpoint
from schemas.receipts.envelope import COUNT, Envelope, envelope, sealed
from schemas.receipts.keys import Signer
from schemas.receipts.reading import JSON, Unreadable

OF_INTENT = "urn:holdshort:receipts:v1"
OF_LOG = "urn:holdshort:log:v1"

_INTENT: dict[str, type | tuple[type, ...]] = {
    "format": str,
    "intent": int,
    "checkpoint": str,
    "since": (dict, type(None)),
    "count": dict,
    "receipts": list,
}
_COUNT: dict[str, type | tuple[type, ...]] = {
    "log": str,
    "intent": int,
    "count": int,
    "size": int,
    "root": str,
}


@dataclass(frozen=True, slots=True)
class Included:
    """A receipt, and the proof that the log has it."""

    envelope: Envelope
    proof: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Since:
    """An older checkpoint, and the proof that the log has only grown since."""

    note: str
    proof: Sequence[bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfIntent:
    """All receipts of one intent that the log has."""

    intent: int
    note: str
    since: Since | None
    count: Envelope
    """How many there are: a chain that was cut at its end would look whole without."""
    receipts: Sequence[Included]

    def written(self) -> bytes:
        since = self.since and {
            "checkpoint": self.since.note,
            "proof": [reading.spelled(hash) for hash in self.since.proof],
        }
        receipts = [
            {
                "envelope": one.envelope.as_json(),
                "proof": [reading.spelled(hash) for hash in one.proof],
            }
            for one in self.receipts
        ]
        return _lines(
            {
                "format": OF_INTENT,
                "intent": self.intent,
                "checkpoint": self.note,
                "since": since,
                "count": self.count.as_json(),
                "receipts": receipts,
            }
        )


@dataclass(frozen=True, slots=True)
class OfLog:
    """Every receipt of the log, in its order."""

    note: str
    receipts: Sequence[Envelope]

    def written(self) -> bytes:
        receipts = [one.as_json() for one in self.receipts]
        return _lines({"format": OF_LOG, "checkpoint": self.note, "receipts": receipts})


def counted(intent: int, count: int, at: Checkpoint, signer: Signer) -> Envelope:
    """Say how many receipts of this intent the log has at this size."""
    said = {
        "log": at.log,
        "intent": intent,
        "count": count,
        "size": at.size,
        "root": reading.spelled(at.root),
    }
    return sealed(COUNT, reading.canonical(said), signer)


def count_of(payload: bytes, intent: int, at: Checkpoint) -> int | None:
    """How many this count says; None if it is about something else."""
    value = reading.parsed(payload)
    said = reading.fields(value, _COUNT, "the count")
    about = {"log": at.log, "intent": intent, "size": at.size, "root": reading.spelled(at.root)}
    if reading.canonical(value) != payload or about.items() - said.items():
        return None
    return int(said["count"])


def bundle(text: bytes) -> OfIntent | OfLog:
    """Read one.  Raises `Unreadable`."""
    value = reading.parsed(text)
    if isinstance(value, dict) and value.get("format") == OF_LOG:
        log: dict[str, type | tuple[type, ...]] = {
            "format": str,
            "checkpoint": str,
            "receipts": list,
        }
        found = reading.fields(value, log, "the bundle")
        return OfLog(found["checkpoint"], [envelope(one) for one in found["receipts"]])
    found = reading.fields(value, _INTENT, "the bundle")
    if found["format"] != OF_INTENT:
        raise Unreadable("the bundle is of another format")
    return OfIntent(
        intent=found["intent"],
        note=found["checkpoint"],
        since=_since(found["since"]),
        count=envelope(found["count"]),
        receipts=[_included(one) for one in found["receipts"]],
    )


def _since(value: JSON | None) -> Since | None:
    if value is None:
        return None
    found = reading.fields(value, {"checkpoint": str, "proof": list}, "the part since")
    return Since(found["checkpoint"], _proof(found["proof"]))


def _included(value: object) -> Included:
    found = reading.fields(value, {"envelope": dict, "proof": list}, "a receipt")
    return Included(envelope(found["envelope"]), _proof(found["proof"]))


def _proof(hashes: Sequence[object]) -> list[bytes]:
    return [reading.bytes_of(hash, "a hash of a proof", length=32) for hash in hashes]


def _lines(value: JSON) -> bytes:
    return reading.canonical(value) + b"\n"
