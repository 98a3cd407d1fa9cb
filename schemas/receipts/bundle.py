"""What travels: the receipts of one intent, or the whole log, with all that proves them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from schemas.receipts import reading
from schemas.receipts.envelope import Envelope, envelope
from schemas.receipts.reading import JSON, Unreadable

OF_INTENT = "urn:holdshort:receipts:v1"
OF_LOG = "urn:holdshort:log:v1"

INTENT: dict[str, type | tuple[type, ...]] = {
    "format": str,
    "intent": int,
    "checkpoint": str,
    "since": (dict, type(None)),
    "count": dict,
    "receipts": list,
    "people": list,
}
LOG: dict[str, type | tuple[type, ...]] = {
    "format": str,
    "checkpoint": str,
    "receipts": list,
    "people": list,
}
INCLUDED: dict[str, type | tuple[type, ...]] = {"envelope": dict, "proof": list}
WORD: dict[str, type | tuple[type, ...]] = {"document": dict, "receipt": (dict, type(None))}
SINCE: dict[str, type | tuple[type, ...]] = {"checkpoint": str, "proof": list}


@dataclass(frozen=True, slots=True)
class Included:
    """A receipt, and the proof that the log has it."""

    envelope: Envelope
    proof: Sequence[bytes]

    def as_json(self) -> JSON:
        return {
            "envelope": self.envelope.as_json(),
            "proof": [reading.spelled(hash) for hash in self.proof],
        }


@dataclass(frozen=True, slots=True)
class Word:
    """What a person has signed; with what a root has signed, the receipt that says when."""

    document: Envelope
    receipt: Included | None = None

    def as_json(self) -> JSON:
        receipt = self.receipt and self.receipt.as_json()
        return {"document": self.document.as_json(), "receipt": receipt}


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
    people: Sequence[Word] = ()
    """The approvals as the receipts name them, then what roots say of their keys."""

    def written(self) -> bytes:
        since = self.since and {
            "checkpoint": self.since.note,
            "proof": [reading.spelled(hash) for hash in self.since.proof],
        }
        return _lines(
            {
                "format": OF_INTENT,
                "intent": self.intent,
                "checkpoint": self.note,
                "since": since,
                "count": self.count.as_json(),
                "receipts": [one.as_json() for one in self.receipts],
                "people": [one.as_json() for one in self.people],
            }
        )


@dataclass(frozen=True, slots=True)
class OfLog:
    """Every receipt of the log, in its order."""

    note: str
    receipts: Sequence[Envelope]
    people: Sequence[Envelope] = ()
    """Everything that people and roots have signed, as the receipts name it."""

    def written(self) -> bytes:
        return _lines(
            {
                "format": OF_LOG,
                "checkpoint": self.note,
                "receipts": [one.as_json() for one in self.receipts],
                "people": [one.as_json() for one in self.people],
            }
        )


def bundle(text: bytes) -> OfIntent | OfLog:
    """Read one.  Raises `Unreadable`."""
    value = reading.parsed(text)
    if isinstance(value, dict) and value.get("format") == OF_LOG:
        found = reading.fields(value, LOG, "the bundle")
        receipts, people = ([envelope(one) for one in found[part]] for part in _PARTS)
        return OfLog(found["checkpoint"], receipts, people)
    found = reading.fields(value, INTENT, "the bundle")
    if found["format"] != OF_INTENT:
        raise Unreadable("the bundle is of another format")
    return OfIntent(
        intent=found["intent"],
        note=found["checkpoint"],
        since=_since(found["since"]),
        count=envelope(found["count"]),
        receipts=[_included(one) for one in found["receipts"]],
        people=[_word(one) for one in found["people"]],
    )


_PARTS = ("receipts", "people")


def _word(value: object) -> Word:
    found = reading.fields(value, WORD, "a document")
    receipt = found["receipt"]
    return Word(envelope(found["document"]), None if receipt is None else _included(receipt))


def _since(value: JSON | None) -> Since | None:
    if value is None:
        return None
    found = reading.fields(value, SINCE, "the part since")
    return Since(found["checkpoint"], _proof(found["proof"]))


def _included(value: object) -> Included:
    found = reading.fields(value, INCLUDED, "a receipt")
    return Included(envelope(found["envelope"]), _proof(found["proof"]))


def _proof(hashes: Sequence[object]) -> list[bytes]:
    return [reading.bytes_of(hash, "a hash of a proof", length=32) for hash in hashes]


def _lines(value: JSON) -> bytes:
    return reading.canonical(value) + b"\n"
