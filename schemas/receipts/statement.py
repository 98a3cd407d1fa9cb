"""What one receipt says: an in-toto Statement v1, written in the one canonical way."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import math
from dataclasses import dataclass
from typing import Any

from schemas.receipts import reading
from schemas.receipts.reading import JSON, Unreadable

IN_TOTO = "https://in-toto.io/Statement/v1"
RECEIPT = "urn:holdshort:receipt:v1"
FIRST = hashlib.sha256(b"").hexdigest()
"""What the first statement of a chain names as the one before it."""

_LARGEST = 2**53 - 1
FIELDS: dict[str, type | tuple[type, ...]] = {
    "_type": str,
    "subject": list,
    "predicateType": str,
    "predicate": dict,
}
PREDICATE: dict[str, type | tuple[type, ...]] = {
    "log": str,
    "index": int,
    "intent": (int, type(None)),
    "number": int,
    "previous": str,
    "kind": str,
    "role": str,
    "actor": str,
    "fence": (int, type(None)),
    "at": str,
    "evidence": dict,
}
SUBJECT: dict[str, type | tuple[type, ...]] = {"name": str, "digest": dict}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One receipt in its chain."""

    log: str
    index: int
    """Its place in the log; 0 for the first."""
    intent: int | None
    """None for what concerns all of them: the switch and the armings."""
    number: int
    """1 for the first of this intent."""
    previous: str
    """SHA-256 of the statement before it in its chain, in hex."""
    kind: str
    role: str
    actor: str
    fence: int | None
    at: str
    evidence: JSON
    digest: str
    """In hex, HMAC-SHA-256 of the artifact under the secret of its intent; SHA-256 of the
    evidence, where there is no artifact."""

    def written(self) -> bytes:
        """The canonical bytes.  Raises `Unreadable` for what cannot be written so."""
        named = "evidence" if self.intent is None else f"intent/{self.intent}"
        digest = {_algorithm(self.intent): self.digest}
        return reading.canonical(
            {
                "_type": IN_TOTO,
                "subject": [{"name": named, "digest": digest}],
                "predicateType": RECEIPT,
                "predicate": {name: getattr(self, name) for name in PREDICATE},
            }
        )


def digest_of(content: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


def moment(at: dt.datetime) -> str:
    """In UTC, to the microsecond."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def evidence(text: str) -> JSON:
    """Evidence as the database has it; a number that not every JSON can hold is a string."""
    found: JSON = json.loads(text, parse_int=_whole, parse_float=_broken)
    return found


def read(content: bytes) -> Statement:
    """The statement in these bytes.  Raises `Unreadable` if they are not canonical."""
    found = reading.fields(reading.parsed(content), FIELDS, "the statement")
    predicate = reading.fields(found["predicate"], PREDICATE, "the predicate")
    digest = _subject(found["subject"], _algorithm(predicate["intent"]))
    statement = Statement(digest=digest, **predicate)
    if statement.written() != content:
        raise Unreadable("the statement is not canonical, or of another type or subject")
    if statement.intent is None and statement.digest != digest_of(
        reading.canonical(statement.evidence)
    ):
        raise Unreadable("the subject is not the evidence")
    return statement


def _algorithm(intent: int | None) -> str:
    """What names the subject: plain SHA-256 would let anybody guess an artifact."""
    return "sha256" if intent is None else "hmac-sha256"


def _subject(subjects: list[Any], algorithm: str) -> str:
    if len(subjects) != 1:
        raise Unreadable("the statement is not about one subject")
    [only] = subjects
    named = reading.fields(only, SUBJECT, "the subject")
    digests = reading.fields(named["digest"], {algorithm: str}, "the digest")
    return reading.digest(digests[algorithm], "the digest")


def _whole(text: str) -> int | str:
    number = int(text)
    return number if abs(number) <= _LARGEST else text


def _broken(text: str) -> float | str:
    number = float(text)
    return number if math.isfinite(number) and abs(number) <= _LARGEST else text
