"""Passkeys: WebAuthn assertions whose challenge is the SHA-256 of what is signed.

The person's device asks for a finger, a face or a PIN (user verification), and signs the
challenge for the web page's own domain only.  Its sign counter is not judged: an assertion
is looked at again by every sender, in any order, and synced passkeys have none.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from schemas.receipts import reading
from schemas.receipts.envelope import Invalid
from schemas.receipts.reading import JSON, Unreadable

_PASSKEY: dict[str, type | tuple[type, ...]] = {
    "credential": str,
    "public_key": str,
    "rp_id": str,
    "origins": list,
}
_ASSERTION: dict[str, type | tuple[type, ...]] = {
    "authenticator_data": str,
    "client_data": str,
    "signature": str,
}


@dataclass(frozen=True, slots=True)
class Assertion:
    """What a device answers; written, it is the signature of an envelope."""

    authenticator_data: bytes
    client_data: bytes
    signature: bytes

    def written(self) -> bytes:
        """Canonical JSON."""
        return reading.canonical(
            {name: reading.spelled(getattr(self, name)) for name in _ASSERTION}
        )


@dataclass(frozen=True, slots=True)
class Passkey:
    """A credential of WebAuthn, and where it may be used."""

    credential: bytes
    public: bytes
    """COSE."""
    rp_id: str
    origins: tuple[str, ...]

    @property
    def name(self) -> str:
        return f"passkey-{hashlib.sha256(self.public).hexdigest()[:16]}"

    def as_json(self) -> JSON:
        return {
            "credential": reading.spelled(self.credential),
            "public_key": reading.spelled(self.public),
            "rp_id": self.rp_id,
            "origins": list(self.origins),
        }

    def check(self, signature: bytes, content: bytes) -> None:
        """Raise `Invalid` if it has not signed this, with its user verified."""
        said = assertion(signature)
        try:
            # Here, since only who has passkeys has it installed, and it is slow to import.
            from webauthn import verify_authentication_response
            from webauthn.helpers.exceptions import WebAuthnException
        except ImportError:
            why = "passkeys are not installed here: pip install 'holdshort[passkey]'"
            raise Invalid(why) from None
        try:
            verify_authentication_response(
                credential=self._answer(said),
                expected_challenge=challenge(content),
                expected_rp_id=self.rp_id,
                expected_origin=list(self.origins),
                credential_public_key=self.public,
                credential_current_sign_count=0,
                require_user_verification=True,
            )
        except (WebAuthnException, ArithmeticError, LookupError, TypeError, ValueError) as no:
            raise Invalid(f"{self.name} has not signed this: {no}") from None

    def _answer(self, said: Assertion) -> JSON:
        """The assertion as a browser gives it, from this credential."""
        return {
            "id": _url(self.credential),
            "rawId": _url(self.credential),
            "type": "public-key",
            "response": {
                "authenticatorData": _url(said.authenticator_data),
                "clientDataJSON": _url(said.client_data),
                "signature": _url(said.signature),
            },
        }


def challenge(content: bytes) -> bytes:
    """What the device is asked to sign."""
    return hashlib.sha256(content).digest()


def passkey(value: object) -> Passkey:
    """The passkey that JSON says so.  Raises `Unreadable`."""
    found = reading.fields(value, _PASSKEY, "the passkey")
    origins = found["origins"]
    if not origins or not all(isinstance(one, str) and one for one in origins):
        raise Unreadable("a passkey names the origins where it may be used")
    if not found["rp_id"] or not found["public_key"]:
        raise Unreadable("a passkey has a public key, and is for one rp_id")
    return Passkey(
        credential=reading.bytes_of(found["credential"], "a credential"),
        public=reading.bytes_of(found["public_key"], "a public key"),
        rp_id=found["rp_id"],
        origins=tuple(origins),
    )


def assertion(signature: bytes) -> Assertion:
    """The assertion in the signature of an envelope.  Raises `Invalid`."""
    try:
        found = reading.fields(reading.parsed(signature), _ASSERTION, "the assertion")
        return Assertion(**{name: reading.bytes_of(found[name], name) for name in _ASSERTION})
    except Unreadable as bad:
        raise Invalid(f"the signature is no assertion of a passkey: {bad}") from None


def _url(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()
