"""DSSE: a signed envelope around bytes of a named type (v1.0.2, one signature)."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.receipts import reading
from schemas.receipts.keys import Signer, Trust
from schemas.receipts.reading import JSON, Unreadable

STATEMENT = "application/vnd.in-toto+json"
COUNT = "application/vnd.holdshort.count+json"

FIELDS: dict[str, type | tuple[type, ...]] = {
    "payloadType": str,
    "payload": str,
    "signatures": list,
}
SIGNATURE: dict[str, type | tuple[type, ...]] = {"keyid": str, "sig": str}


class Invalid(Exception):
    """This is not true, or nobody whom we trust says so."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """Some bytes, what they are, and who signed them; nothing is verified yet."""

    kind: str
    payload: bytes
    signer: str
    signature: bytes
    """Empty if it has none."""

    def as_json(self) -> JSON:
        return {
            "payloadType": self.kind,
            "payload": reading.spelled(self.payload),
            "signatures": [{"keyid": self.signer, "sig": reading.spelled(self.signature)}],
        }

    def opened(self, kind: str, trust: Trust) -> bytes:
        """The payload, if a trusted key has signed it as this kind.  Raises `Invalid`."""
        if self.kind != kind:
            raise Invalid(f"it is {self.kind}, not {kind}")
        if not self.signature:
            raise Invalid("it is not signed")
        if self.signer not in trust:
            raise Invalid(f"it is signed by {self.signer}, which is not a trusted key")
        if not trust[self.signer].signed(self.signature, encoded(self.kind, self.payload)):
            raise Invalid(f"the signature of {self.signer} is not of these bytes")
        return self.payload


def encoded(kind: str, payload: bytes) -> bytes:
    """DSSE's pre-authentication encoding: what is signed."""
    return b"DSSEv1 %d %b %d %b" % (len(kind), kind.encode(), len(payload), payload)


def sealed(kind: str, payload: bytes, signer: Signer) -> Envelope:
    """Sign it."""
    return Envelope(kind, payload, signer.key.name, signer.sign(encoded(kind, payload)))


def envelope(value: object) -> Envelope:
    """An envelope as JSON says it.  Raises `Unreadable`."""
    found = reading.fields(value, FIELDS, "an envelope")
    payload = reading.bytes_of(found["payload"], "a payload")
    if not found["signatures"]:
        return Envelope(found["payloadType"], payload, "", b"")
    if len(found["signatures"]) > 1:
        raise Unreadable("an envelope has more than one signature")
    signed = reading.fields(found["signatures"][0], SIGNATURE, "a signature")
    signature = reading.bytes_of(signed["sig"], "a signature")
    return Envelope(found["payloadType"], payload, signed["keyid"], signature)
