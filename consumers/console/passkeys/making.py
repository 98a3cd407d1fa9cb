"""A person makes a passkey on our page; whether it counts is for a root to say.

Nobody attests the device: whose it is, and that it is one, is what the root makes sure of
before it vouches.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
import shlex

from webauthn import verify_registration_response
from webauthn.helpers.cose import COSEAlgorithmIdentifier
from webauthn.helpers.exceptions import WebAuthnException

from consumers import reviewers
from consumers.console.passkeys import wire
from consumers.console.passkeys.asking import AGAIN, Signatory, challenge_in
from consumers.console.passkeys.place import Place
from outbox.authority.challenges import LIFE, Purpose, add, ask, made_by, take
from outbox.authority.documents import installation
from outbox.errors import NotAllowed, NotFound
from outbox.store import Connection
from schemas.authority.documents import Enrolment
from schemas.authority.holders import of_file
from schemas.authority.passkeys import Passkey
from schemas.receipts import reading
from schemas.receipts.keys import Signer

ALGORITHMS = (
    COSEAlgorithmIdentifier.EDDSA,
    COSEAlgorithmIdentifier.ECDSA_SHA_256,
    COSEAlgorithmIdentifier.RSASSA_PKCS1_v1_5_SHA_256,
)


def asked(connection: Connection, by: Signatory) -> wire.Options:
    """The options of `navigator.credentials.create`: one more passkey of this person."""
    challenge, name = secrets.token_bytes(32), by.person.name
    ask(connection, by.asking(Purpose.PASSKEY), challenge, b"")
    there = [of_file(one.content) for one in made_by(connection, name)]
    handle = hashlib.sha256(f"{installation(connection)}\n{name}".encode()).digest()
    return {
        "challenge": wire.spelled(challenge),
        "rp": {"id": by.place.rp_id, "name": "Holdshort"},
        "user": {
            "id": wire.spelled(handle),
            "name": name,
            "displayName": name,
        },
        "pubKeyCredParams": [{"type": "public-key", "alg": int(one)} for one in ALGORITHMS],
        "excludeCredentials": [
            {"type": "public-key", "id": wire.spelled(one.credential)}
            for one in there
            if isinstance(one, Passkey)
        ],
        "authenticatorSelection": {
            "residentKey": "preferred",
            "userVerification": "required",
        },
        "attestation": "none",
        "timeout": int(LIFE.total_seconds() * 1000),
    }


def made(connection: Connection, by: Signatory, new: wire.New, root: Signer | None) -> Passkey:
    """Keep what the device has made; with a root at hand it counts at once.

    Raises `Conflict` if nothing was asked with its challenge, and `NotAllowed` if it is no
    passkey for this page, with its user verified.
    """
    challenge = challenge_in(new.client_data)
    take(connection, by.asking(Purpose.PASSKEY), challenge)
    passkey, person = _verified(new, challenge, by.place), by.person.name
    add(connection, passkey.name, person, reading.canonical(passkey.as_json()))
    if root is not None:
        now = dt.datetime.now(dt.UTC)
        said = Enrolment(person=person, key=passkey, not_before=now, not_after=None)
        reviewers.enrol(connection, said, root)
    return passkey


def file_of(connection: Connection, person: str, name: str) -> bytes:
    """The file that a root is given.  Raises `NotFound` if it is none of theirs."""
    for one in made_by(connection, person):
        if one.name == name:
            return one.content
    raise NotFound(f"{person} has made no passkey {name}", hint="see yours: /passkeys")


def command(person: str) -> str:
    """What whoever holds the root runs."""
    return f"holdshort reviewer enrol {shlex.quote(person)} --key passkey.json --root root.pem"


def _verified(new: wire.New, challenge: bytes, place: Place) -> Passkey:
    try:
        found = verify_registration_response(
            credential={
                "id": wire.spelled(new.credential),
                "rawId": wire.spelled(new.credential),
                "type": "public-key",
                "response": {
                    "clientDataJSON": wire.spelled(new.client_data),
                    "attestationObject": wire.spelled(new.attestation),
                },
            },
            expected_challenge=challenge,
            expected_rp_id=place.rp_id,
            expected_origin=place.origin,
            require_user_verification=True,
            supported_pub_key_algs=list(ALGORITHMS),
        )
    except (WebAuthnException, ArithmeticError, LookupError, TypeError, ValueError) as no:
        raise NotAllowed(f"this is no passkey for {place.origin}: {no}", hint=AGAIN) from None
    return Passkey(
        found.credential_id, found.credential_public_key, place.rp_id, (place.origin,)
    )
