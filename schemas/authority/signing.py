"""Make the envelopes of documents: at once with an Ed25519 key, in two steps with a passkey."""

from __future__ import annotations

from schemas.authority.documents import (
    APPROVAL,
    ENROLMENT,
    REVOCATION,
    Approval,
    Enrolment,
    Revocation,
)
from schemas.authority.passkeys import Assertion, Passkey, challenge
from schemas.authority.policies import POLICY, Ruling
from schemas.receipts.envelope import Envelope, encoded, sealed
from schemas.receipts.keys import Signer

KINDS = {Approval: APPROVAL, Enrolment: ENROLMENT, Revocation: REVOCATION, Ruling: POLICY}


def signed(document: Approval | Enrolment | Revocation | Ruling, signer: Signer) -> Envelope:
    """Sign it.  Raises `Unreadable` for what no document of its kind may say."""
    return sealed(KINDS[type(document)], document.written(), signer)


def challenge_of(approval: Approval) -> bytes:
    """What a person's device must be asked to sign."""
    return challenge(encoded(APPROVAL, approval.written()))


def answered(approval: Approval, passkey: Passkey, assertion: Assertion) -> Envelope:
    """The approval with what the device answered to its challenge; nothing is verified."""
    return Envelope(APPROVAL, approval.written(), passkey.name, assertion.written())
