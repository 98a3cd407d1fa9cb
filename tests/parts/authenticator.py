"""A passkey's device in software: it signs what it is asked to, as badly as it is told."""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

from schemas.authority.passkeys import Assertion, Passkey

RP_ID, ORIGIN = "holdshort.example.com", "https://holdshort.example.com"
_PRESENT, _VERIFIED = 1, 4


@dataclass(slots=True)
class Authenticator:
    """One credential on one device, and the browser before it."""

    rp_id: str = RP_ID
    origin: str = ORIGIN
    verifies: bool = True
    """Whether it asks for a finger or a PIN."""
    kind: str = "webauthn.get"
    counter: int = 0
    private: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )

    @property
    def passkey(self) -> Passkey:
        """What it gave when it was registered with our page."""
        numbers = self.private.public_key().public_numbers()
        x, y = (number.to_bytes(32, "big") for number in (numbers.x, numbers.y))
        cose = b"\xa5\x01\x02\x03\x26\x20\x01\x21\x58\x20" + x + b"\x22\x58\x20" + y
        return Passkey(b"a credential", cose, RP_ID, (ORIGIN,))

    def answer(self, challenge: bytes) -> Assertion:
        """Sign it, with the person before it consenting."""
        flags = _PRESENT | (_VERIFIED if self.verifies else 0)
        where = hashlib.sha256(self.rp_id.encode()).digest()
        authenticator_data = where + bytes([flags]) + self.counter.to_bytes(4, "big")
        told = {
            "type": self.kind,
            "challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
            "origin": self.origin,
        }
        client_data = json.dumps(told).encode()
        signature = self.private.sign(
            authenticator_data + hashlib.sha256(client_data).digest(), ec.ECDSA(SHA256())
        )
        return Assertion(authenticator_data, client_data, signature)
