"""A passkey's device in software: it signs what it is asked to, as badly as it is told."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from schemas.authority.passkeys import Assertion, Passkey

RP_ID, ORIGIN = "holdshort.example.com", "https://holdshort.example.com"
_PRESENT, _VERIFIED, _NEW = 1, 4, 64


@dataclass(slots=True)
class Authenticator:
    """One credential on one device, and the browser before it."""

    rp_id: str = RP_ID
    origin: str = ORIGIN
    verifies: bool = True
    """Whether it asks for a finger or a PIN."""
    kind: str = "webauthn.get"
    credential: bytes = b"a credential"
    counter: int = 0
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    @property
    def passkey(self) -> Passkey:
        """What it gave when it was registered with our page."""
        return Passkey(self.credential, self.public, RP_ID, (ORIGIN,))

    @property
    def public(self) -> bytes:
        """COSE."""
        numbers = self.private.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (numbers.x, numbers.y))
        return b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20" + x + b"\x22\x58\x20" + y

    def attestation(self, challenge: bytes) -> tuple[bytes, bytes]:
        """Make the passkey: what the browser saw, and what the device says of itself."""
        named = bytes(16) + len(self.credential).to_bytes(2, "big") + self.credential
        data = self._said(_PRESENT | _NEW | self._verified) + named + self.public
        content = {"fmt": "none", "attStmt": {}, "authData": data}
        return self._seen("webauthn.create", challenge), cbor2.dumps(content)

    def answer(self, challenge: bytes) -> Assertion:
        """Sign it, with the person before it consenting."""
        authenticator_data = self._said(_PRESENT | self._verified)
        client_data = self._seen(self.kind, challenge)
        signature = self.private.sign(
            authenticator_data + hashlib.sha256(client_data).digest(), ec.ECDSA(SHA256())
        )
        return Assertion(authenticator_data, client_data, signature)

    @property
    def _verified(self) -> int:
        return _VERIFIED if self.verifies else 0

    def _said(self, flags: int) -> bytes:
        where = hashlib.sha256(self.rp_id.encode()).digest()
        return where + bytes([flags]) + self.counter.to_bytes(4, "big")

    def _seen(self, kind: str, challenge: bytes) -> bytes:
        spelled = base64.urlsafe_b64encode(challenge).rstrip(b"=").decode()
        told = {"type": kind, "challenge": spelled, "origin": self.origin}
        return json.dumps(told).encode()
